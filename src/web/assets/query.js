// @ts-check
/** Helps to write a query: a known prefix declares itself, and the terms of a prefix are offered as one types. */

const MOST = 12;
const field = document.getElementById("query");
const offers = document.getElementById("complete");
if (field instanceof HTMLTextAreaElement && offers) help(field, offers);

/** @param {HTMLTextAreaElement} field @param {HTMLElement} offers */
function help(field, offers) {
  const namespaces = new Map([...document.querySelectorAll("#prefixes [data-prefix]")].map((one) => [one.getAttribute("data-prefix") ?? "", one.getAttribute("data-namespace") ?? ""]));
  const terms = [...document.querySelectorAll("#terms code")].map((one) => one.textContent ?? "");

  /** What is being written before the cursor: a prefix and what follows it. */
  function written() {
    const before = field.value.slice(0, field.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (/^\s*(prefix|base)\b/i.test(line) || line.includes("#")) return null;
    const found = /(?:^|[\s^/|(,;!{[])([a-z]+):([\w-]*)$/i.exec(line);
    return found && namespaces.has(found[1] ?? "") ? { prefix: found[1] ?? "", local: found[2] ?? "" } : null;
  }

  /** @param {string} prefix */
  function declare(prefix) {
    if (new RegExp(`\\bprefix\\s+${prefix}:`, "i").test(field.value)) return;
    const [from, to] = [field.selectionStart, field.selectionEnd];
    const line = `PREFIX ${prefix}: <${namespaces.get(prefix)}>\n`;
    field.setRangeText(line, 0, 0, "preserve");
    field.setSelectionRange(from + line.length, to + line.length);
  }

  /** @param {string} term @param {number} typed how much of it is there */
  function complete(term, typed) {
    const at = field.selectionStart;
    field.setRangeText(term, at - typed, at, "end");
    offers.hidden = true;
    field.focus();
  }

  field.addEventListener("input", () => {
    const now = written();
    offers.hidden = true;
    if (!now) return;
    declare(now.prefix);
    const typed = `${now.prefix}:${now.local}`;
    const matching = terms.filter((term) => term.toLowerCase().startsWith(typed.toLowerCase()) && term !== typed).slice(0, MOST);
    offers.replaceChildren(
      ...matching.map((term) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "quiet";
        button.textContent = term;
        button.addEventListener("click", () => complete(term, typed.length));
        const line = document.createElement("li");
        line.append(button);
        return line;
      }),
    );
    offers.hidden = !matching.length;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form?.requestSubmit();
    if (event.key === "Escape") offers.hidden = true;
    if (event.key === "ArrowDown" && !offers.hidden) {
      event.preventDefault();
      offers.querySelector("button")?.focus();
    }
  });
  offers.addEventListener("keydown", (event) => {
    const buttons = [...offers.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] ?? 0;
    if (event.key === "Escape") {
      offers.hidden = true;
      field.focus();
    } else if (step) {
      event.preventDefault();
      (buttons[at + step] ?? field).focus();
    }
  });
}
