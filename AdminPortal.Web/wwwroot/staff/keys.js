// Keyboard of the officers' pages. One listener; the page names the keys it wants and is told of no others. Letters are ignored
// while something is typed and can be switched off (WCAG 2.1.4).

const offKey = "staff-keys-off";
const repeatable = /^(Shift\+)?Arrow|^[+\-=]$/;
let turn = 0;
let page = null;
let wanted = new Set();

const isTyping = (e) => e instanceof HTMLElement && (e.isContentEditable || /^(TEXTAREA|SELECT)$/.test(e.tagName) || (e.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(e.type)));
const areOff = () => localStorage.getItem(offKey) === "1";

function nameOf(event) {
  if (event.altKey || event.metaKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey) return `Control+${key}`;
  return event.shiftKey && key.startsWith("Arrow") ? `Shift+${key}` : key;
}

// Rows of a table are moved through here, without asking the server.
function moveRow(step) {
  const rows = [...document.querySelectorAll("a[data-row]")];
  if (rows.length === 0) return false;
  const at = rows.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  const box = dialog?.querySelector("[data-keys-switch]");
  if (box) box.checked = !areOff();
  dialog?.showModal();
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  const name = nameOf(event);
  if (name === null) return;
  const works = name === "Control+Enter" || name === "Escape";
  if (!works && (isTyping(event.target) || areOff())) return;
  // Tabs move by arrows themselves.
  if (name.startsWith("Arrow") && event.target.closest?.("[role=tablist]")) return;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[name];
  if (step && !wanted.has(name)) {
    if (moveRow(step)) event.preventDefault();
    return;
  }
  if (name === "?") {
    event.preventDefault();
    openDialog("keys");
    return;
  }
  const menu = document.querySelector("details[data-menu][open]");
  if (name === "Escape" && menu) {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  if (!wanted.has(name)) return;
  event.preventDefault();
  // A key held down must not decide twice.
  if (event.repeat && !repeatable.test(name)) return;
  page
    ?.invokeMethodAsync("PressAsync", name)
    .then(() => document.querySelector("[data-follow] [aria-current]")?.scrollIntoView({ block: "nearest" }))
    // The circuit is gone: the page says so itself.
    .catch(() => {});
}

function onClick(event) {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) openDialog(opener.dataset.opens);
  if (event.target.closest?.("[data-prints]")) window.print();
  const skip = event.target.closest?.("[data-skip]");
  if (skip) {
    event.preventDefault();
    event.stopPropagation();
    document.getElementById(skip.dataset.skip)?.focus();
  }
  // A menu closes when the person goes elsewhere.
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

// A small text file goes into a field as if it had been typed: the server gets text it reads like any other, never a file.
async function readInto(input) {
  const field = document.getElementById(input.dataset.readsInto);
  const file = input.files[0];
  if (!field || !file) return;
  field.value = file.size <= 65536 ? (await file.text()).slice(0, field.maxLength) : "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.focus();
}

function onChange(event) {
  if (event.target.matches?.("[data-reads-into]")) readInto(event.target);
  if (!event.target.matches?.("[data-keys-switch]")) return;
  if (event.target.checked) localStorage.removeItem(offKey);
  else localStorage.setItem(offKey, "1");
}

document.addEventListener("click", onClick, true);
document.addEventListener("change", onChange);

/** @returns a number for detach: when pages change, the old one may leave after the new one has come. */
export function attach(dotnet, keys) {
  page = dotnet;
  wanted = new Set(keys);
  document.addEventListener("keydown", onKey);
  // What is heard from here on; scripts that press keys wait for it.
  document.documentElement.dataset.keys = [...keys].join(" ");
  return ++turn;
}

export function detach(mine) {
  if (mine !== turn) return;
  delete document.documentElement.dataset.keys;
  document.removeEventListener("keydown", onKey);
  page = null;
  wanted = new Set();
}

export const isBusy = () => document.hidden || document.activeElement?.closest?.("tr") != null;
