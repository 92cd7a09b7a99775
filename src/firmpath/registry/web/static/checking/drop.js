/* A file may be dropped anywhere on the part of the form that asks for it. Beside these it is not taken, and not opened
   in place of the page either, which would lose what was pasted. Without this file the boxes themselves take files. */

function drop(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  const part = event.target.closest?.("[data-takes-file]");
  if (event.type !== "drop" || !part || event.dataTransfer.files.length !== 1) return;
  part.querySelector("input[type=file]").files = event.dataTransfer.files;
}

if (document.querySelector("[data-takes-file]")) {
  document.addEventListener("dragover", drop);
  document.addEventListener("drop", drop);
}
