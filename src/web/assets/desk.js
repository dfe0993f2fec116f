// @ts-check
/**
 * Going through a handoff by keyboard: lines, evidence, decisions. Without it every line is a link and every decision a
 * form. What is sent is sent in order, one at a time, while the reader is already at the next line.
 */

/** @param {string} selector */
const one = (selector) => /** @type {HTMLElement | null} */ (document.querySelector(selector));

const desk = one(".desk");
const handoff = desk?.dataset.handoff ?? "";
const csrf = desk?.dataset.csrf ?? "";

/** Where the reader is: the name of the line, and which piece of its evidence. */
let current = one(".line.current")?.dataset.line ?? "";
let piece = 1;
/** Loads that a later one made needless end. */
let loading = new AbortController();
/** What was sent and not answered yet. @type {Promise<void>} */
let sent = Promise.resolve();
let waiting = 0;

/** @returns {HTMLElement[]} */
const lines = () => Array.from(document.querySelectorAll(".line[data-line]"));
/** @param {string} name */
const lineOf = (name) => lines().find((line) => line.dataset.line === name);
/** The lines that say the same thing as one, and itself. @param {string} name */
const alike = (name) => {
  const fact = lineOf(name)?.dataset.fact;
  return lines().filter((line) => line.dataset.line === name || (fact && line.dataset.fact === fact));
};
/** Whether the reader may do something now. @param {string} act */
const can = (act) => (one("#bar")?.dataset.acts ?? "").split(" ").includes(act);
/** @param {HTMLElement | undefined} line */
const pickOf = (line) => /** @type {HTMLElement | null | undefined} */ (line?.querySelector(".pick"));
const isNarrow = () => matchMedia("(max-width: 60rem)").matches;

/**
 * Says what was done, aloud and in sight.
 * @param {string} text
 * @param {"done" | "wrong"} how
 */
function tell(text, how = "done") {
  const told = one("#told");
  if (!told) return;
  told.classList.toggle("wrong", how === "wrong");
  told.textContent = text;
  clearTimeout(Number(told.dataset.timer));
  if (how === "done") told.dataset.timer = String(setTimeout(() => (told.textContent = ""), 4000));
}

/** Only the line where the reader is can be reached by the tab key; the others by j and k. */
function rove() {
  const all = lines();
  const at = all.find((line) => line.dataset.line === current) ?? all[0];
  for (const line of all) {
    const pick = pickOf(line);
    if (!pick) continue;
    pick.tabIndex = line === at ? 0 : -1;
    const isCurrent = line.dataset.line === current;
    line.classList.toggle("current", isCurrent);
    if (isCurrent) pick.setAttribute("aria-current", "true");
    else pick.removeAttribute("aria-current");
  }
}

/**
 * Goes to a line.
 * @param {HTMLElement | undefined} line
 * @param {number} [at] the piece of evidence
 */
function go(line, at = 1) {
  if (!line?.dataset.line) return;
  current = line.dataset.line;
  piece = at;
  rove();
  pickOf(line)?.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
  history.replaceState(history.state, "", `?line=${encodeURIComponent(current)}#${line.id}`);
  void load();
}

/** @param {1 | -1} step */
function step(step) {
  const all = lines();
  const at = all.findIndex((line) => line.dataset.line === current);
  go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
}

/** @returns {HTMLElement | undefined} */
function nextUndecided() {
  const all = lines();
  const at = all.findIndex((line) => line.dataset.line === current);
  const order = [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
  return order.find((line) => line.dataset.verdict === "undecided" && !line.classList.contains("busy"));
}

/**
 * Puts what was answered in the place of what is there.
 * @param {string} html
 */
function put(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of answer.querySelectorAll("[data-swap]")) {
    const there = document.getElementById(part.id);
    if (!there) continue;
    const isFocused = there.contains(document.activeElement);
    // What somebody is writing stays.
    if (isFocused && document.activeElement?.matches("input, select, textarea")) continue;
    there.replaceWith(part);
    if (isFocused) /** @type {HTMLElement | null} */ (part.querySelector(".pick"))?.focus({ preventScroll: true });
  }
  const side = answer.getElementById("side");
  if (side && side.dataset.line === current) one("#side")?.replaceWith(side);
  rove();
  return answer;
}

/** Shows where the current line comes from. */
async function load() {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const wanted = new URLSearchParams({ line: current, piece: String(piece) });
  try {
    await new Promise((done) => setTimeout(done, 60));
    if (signal.aborted) return;
    const answer = await fetch(`/handoffs/${handoff}/side?${wanted}`, { headers: { "hx-request": "true" }, signal });
    const html = await answer.text();
    if (!answer.ok) return tell(plain(html), "wrong");
    put(html);
    showQuote();
  } catch (error) {
    if (!signal.aborted) tell(`The evidence could not be loaded: ${error}`, "wrong");
  }
}

/** Brings the quote into sight within what stands beside the line, and moves nothing else. */
function showQuote() {
  const side = one("#side");
  const quote = one("#quote");
  if (!side || !quote || isNarrow()) return;
  const [inner, outer] = [quote.getBoundingClientRect(), side.getBoundingClientRect()];
  if (inner.bottom > outer.bottom - 40) side.scrollTop += inner.top - outer.top - outer.height / 3;
}

/** @param {string} html */
function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

/**
 * Sends a form after those that were sent before.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter]
 */
function send(form, submitter) {
  const fields = new FormData(form);
  if (submitter instanceof HTMLButtonElement && submitter.name) fields.append(submitter.name, submitter.value);
  post(form.action, new URLSearchParams(/** @type {[string, string][]} */ ([...fields])));
}

/**
 * @param {string} action
 * @param {URLSearchParams} fields
 */
function post(action, fields) {
  for (const line of alike(fields.get("line") ?? "")) line.classList.add("busy");
  waiting += 1;
  sent = sent.then(async () => {
    try {
      const headers = { "hx-request": "true", "x-csrf-token": csrf };
      const answer = await fetch(action, { method: "POST", body: fields, headers });
      const html = await answer.text();
      for (const line of alike(fields.get("line") ?? "")) line.classList.remove("busy");
      if (answer.ok && html.includes("data-conflict")) {
        // Somebody was quicker: back to that line, with both values.
        current = fields.get("line") ?? current;
        put(html);
        pickOf(lineOf(current))?.focus();
        tell(plain(one("#side [role=alert] p")?.outerHTML ?? ""), "wrong");
      } else if (answer.ok) {
        const told = put(html).querySelector("[data-told]");
        tell(told?.textContent ?? "Done.");
        if (fields.get("line") === current && waiting === 1 && !/\/mark$/.test(action)) void load();
      } else {
        tell(plain(html), "wrong");
      }
    } catch (error) {
      for (const line of alike(fields.get("line") ?? "")) line.classList.remove("busy");
      tell(`This was not saved: ${error}`, "wrong");
    }
    waiting -= 1;
  });
}

/** Approves the current line and goes on. */
function approve() {
  const line = lineOf(current);
  if (!can("decide")) return tell("You read this document; others decide about its lines.", "wrong");
  if (line?.dataset.verdict === "undecided" || line?.dataset.verdict === "rejected") {
    post(`/handoffs/${handoff}/approve`, new URLSearchParams({ line: current }));
  }
  goOn();
}

function goOn() {
  const next = nextUndecided();
  if (next) return go(next);
  tell("Nothing is left to decide.");
  void sent.then(() => /** @type {HTMLElement | null} */ (one("#deliver > summary"))?.focus());
}

/** Keys that were pressed while a form is on its way: they belong into it. @type {string[] | null} */
let early = null;

/**
 * Opens a form beside the line and goes into its first field.
 * @param {"correct" | "reject"} name
 */
async function open(name) {
  if (!can("decide")) return tell("You read this document; others decide about its lines.", "wrong");
  early = [];
  if (one("#side")?.dataset.line !== current) await load();
  const keys = early;
  early = null;
  const fold = /** @type {HTMLDetailsElement | null} */ (one(`#side [data-form="${name}"]`));
  if (!fold) return tell(name === "reject" ? "This line cannot be rejected." : "There is nothing to correct here.", "wrong");
  fold.open = true;
  const field = fold.querySelector("textarea:not([hidden]), input:not([type=hidden])");
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  for (const key of keys) {
    if (key === "Enter") return field.form?.requestSubmit();
    if (key.length === 1) field.value += key;
  }
}

/** @param {"useful" | "wrong"} usefulness */
function mark(usefulness) {
  if (current && can("feedback")) post(`/handoffs/${handoff}/mark`, new URLSearchParams({ line: current, usefulness }));
}

function evidence() {
  const pieces = Number(one("#side")?.dataset.pieces ?? 0);
  if (pieces < 2) return tell("There is one piece of evidence.");
  go(lineOf(current), (piece % pieces) + 1);
  tell(`Evidence ${piece} of ${pieces}.`);
}

function deliver() {
  const form = /** @type {HTMLDetailsElement | null} */ (one("#deliver"));
  if (!form) return tell("It cannot be delivered yet.", "wrong");
  form.open = true;
  form.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement | null} */ (form.querySelector("input:not([type=hidden])"))?.focus();
}

const keys = () => /** @type {HTMLDialogElement | null} */ (one("#keys"));

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  n: () => goOn(),
  a: approve,
  c: () => void open("correct"),
  r: () => void open("reject"),
  e: evidence,
  u: () => mark("useful"),
  w: () => mark("wrong"),
  d: deliver,
  "?": () => keys()?.showModal(),
};

/** @param {KeyboardEvent} event */
function press(event) {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const field = target?.closest("input, select, textarea, [contenteditable]");
  if (field) return pressInField(event, /** @type {HTMLElement} */ (field));
  if (event.ctrlKey || event.metaKey || event.altKey || keys()?.open) return;
  if (early) {
    event.preventDefault();
    return void early.push(event.key);
  }
  if (event.key === "Escape") return pickOf(lineOf(current))?.focus();
  // Arrows belong to whatever else has the focus.
  if (event.key.startsWith("Arrow") && target && target !== document.body && !target.classList.contains("pick")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement} field
 */
function pressInField(event, field) {
  const form = field.closest("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    const fold = /** @type {HTMLDetailsElement | null} */ (field.closest("details.act"));
    if (fold) fold.open = false;
    pickOf(lineOf(current))?.focus();
  }
}

function begin() {
  if (!desk) return;
  document.documentElement.classList.add("scripted");
  rove();
  showQuote();
  document.addEventListener("keydown", press);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.act) return;
    event.preventDefault();
    send(form, event.submitter);
    pickOf(lineOf(current))?.focus();
    if (form.dataset.act === "approve") goOn();
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target?.closest("[data-print]")) return print();
    if (target?.closest("[data-keys]")) return keys()?.showModal();
    const other = /** @type {HTMLElement | null} */ (target?.closest(".pieces a") ?? null);
    const line = /** @type {HTMLElement | undefined} */ (target?.closest(".pick")?.closest(".line") ?? undefined);
    if (!other && !line) return;
    event.preventDefault();
    go(line ?? lineOf(current), Number(other?.dataset.piece ?? 1));
    if (line && isNarrow()) one("#side")?.scrollIntoView();
  });
}

begin();

export {};
