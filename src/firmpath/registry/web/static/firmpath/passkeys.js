// Buttons for passkeys are shown only where the browser has passkeys, and say in words what went wrong.
const problem = document.querySelector("[data-passkey-problem]");
if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("[data-passkey]")) form.hidden = false;
} else if (document.querySelector("[data-passkey=only]")) {
  problem.hidden = false;
  problem.textContent = "This browser has no passkeys, or this address is not secure enough for them. Use a code instead.";
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  problem.textContent =
    event.detail.exception.name === "InvalidStateError"
      ? "This key has been added already."
      : "That did not work, or it was cancelled. Try again, or use a code instead.";
  problem.hidden = false;
});
