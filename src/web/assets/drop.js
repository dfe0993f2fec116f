// @ts-check
/** Files that are dropped anywhere on a page with an upload form are loaded by it. */

const form = document.querySelector("form[data-drop]");
const field = form?.querySelector("input[type=file]");

if (form instanceof HTMLFormElement && field instanceof HTMLInputElement) {
  /** @param {DragEvent} event */
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    form.classList.remove("over");
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("htmx:afterRequest", () => form.reset());
}

export {};
