/* Nothing on the pages needs this file: it moves the focus to what is wrong, folds filters,
   copies codes, shows passwords, and brings the Device into sight in drawings. */

const summary = document.getElementById("error-summary");
if (summary) {
  summary.focus();
  /* The label comes into sight with its field, and not the field alone. */
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.closest("fieldset, .question") || field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

/* On a phone filters are folded away, so that what they found comes first; what is wrong with one stays in sight. */
const isNarrow = matchMedia("(max-width: 40rem)").matches;
for (const filters of isNarrow ? document.querySelectorAll(".filters") : []) {
  filters.open = Boolean(filters.querySelector(".at-fault"));
}

/* Browsers that cannot show what is folded get the menu of a wide screen unfolded. */
const menu = document.querySelector(".menu");
if (menu && !isNarrow && !CSS.supports("selector(details::details-content)")) menu.open = true;

/* A drawing that is wider than the screen is scrolled to where the Device is, unless that is in sight already. */
for (const area of document.querySelectorAll(".drawing .scroll")) {
  const start = area.querySelector("[data-role='installed'], [data-role='asked about']");
  if (!start) continue;
  const box = start.getBoundingClientRect(), seen = area.getBoundingClientRect();
  if (box.left < seen.left || box.right > seen.right) area.scrollLeft += box.left + box.width / 2 - seen.left - seen.width / 2;
}

/* What is read out when a code has been copied; a button's own change of words is not. */
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.body.append(said);

async function copy(button) {
  const text = button.parentElement.querySelector("code").textContent;
  const words = button.firstChild;
  let outcome = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    outcome = "Not copied";
  }
  words.nodeValue = outcome;
  said.textContent = outcome;
  setTimeout(() => {
    words.nodeValue = "Copy";
    said.textContent = "";
  }, 3000);
}

/* Without a secure connection browsers copy nothing, so the buttons stay away. */
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

for (const button of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = field.type === "password";
    field.type = isShown ? "text" : "password";
    button.firstChild.nodeValue = isShown ? "Hide" : "Show";
  });
  /* A password is sent as one, so that browsers do not keep it among other answers. */
  field.form?.addEventListener("submit", () => {
    field.type = "password";
  });
}
