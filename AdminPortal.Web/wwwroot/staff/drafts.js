// Keeps what an officer has typed, in this tab only, so that a lost connection loses no words. Gone after the decision and at
// sign-out.

const prefix = "staff-draft:";
let watched = null;

const load = (key) => JSON.parse(sessionStorage.getItem(prefix + key) ?? "{}");

/** @returns {Object<string, string>} for a case: choice, ground, reason, note, team; for a question: the fields of its form */
export const read = (key) => load(key);

/** @param keepsEmpty in a form that was filled in already, an emptied field is a change too */
export function write(key, field, value, keepsEmpty = false) {
  const draft = load(key);
  if (value || keepsEmpty) draft[field] = value;
  else delete draft[field];
  if (Object.keys(draft).length === 0) sessionStorage.removeItem(prefix + key);
  else sessionStorage.setItem(prefix + key, JSON.stringify(draft));
}

/** Shows a text that was not typed: what was left here, a template, an emptied note. */
export function put(field, text) {
  const shown = document.querySelector(`[data-draft="${field}"]`);
  if (shown && shown.value !== text) shown.value = text;
}

// Written here at each keystroke, not by the server: the server may be what is gone.
function onInput(event) {
  const field = event.target.dataset?.draft;
  if (!watched || !field) return;
  const { type, checked, value } = event.target;
  const typed = type === "checkbox" ? (checked ? "1" : "") : value;
  write(watched, field, typed, event.target.closest("[data-draft-form]") !== null);
}

export function watch(key) {
  watched = key;
  document.addEventListener("input", onInput);
}

/** Goes to the first field of a form that is wrong. */
export const focusOn = (id) => document.getElementById(id)?.focus();

export function forget(key) {
  sessionStorage.removeItem(prefix + key);
}

// Forms that are kept as a whole: <form data-kept="name">, in which every field with an id counts but those with data-not-kept.
// What was typed is put back when the form appears again on the same page. A form that left the page after it was sent, showing
// no fault, was taken: nothing is left to keep. With data-kept-by="id" only that button sends it.

const keys = new WeakMap();
const sent = new WeakSet();
const skipped = "[data-not-kept], [data-draft], [type=file], [type=hidden], [type=password]";

const valueOf = (field) => (field.type === "checkbox" ? (field.checked ? "1" : "") : field.value);

function keep(event) {
  const form = event.target.closest?.("form[data-kept]");
  if (!form || !event.target.id || event.target.matches(skipped)) return;
  sent.delete(form);
  write(keys.get(form) ?? keyOf(form), event.target.id, valueOf(event.target), true);
}

// The officer is part of it: another one at the same machine sees nothing of it.
function keyOf(form) {
  const officer = document.querySelector("[data-officer]")?.dataset.officer ?? "";
  const key = `form:${officer}:${location.pathname}:${form.dataset.kept}`;
  keys.set(form, key);
  return key;
}

function putBack(form) {
  if (keys.has(form)) return;
  const kept = load(keyOf(form));
  for (const [id, value] of Object.entries(kept)) {
    const field = form.querySelector(`[id="${CSS.escape(id)}"]`);
    if (!field || valueOf(field) === value) continue;
    if (field.type === "checkbox") field.checked = value === "1";
    else field.value = value;
    // The page hears of it as if it had been typed now.
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

function within(nodes, act) {
  for (const node of nodes) {
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    if (node.matches("form[data-kept]")) act(node);
    node.querySelectorAll("form[data-kept]").forEach(act);
  }
}

function settle(form) {
  if (!sent.has(form) || form.isConnected || form.querySelector("[aria-invalid=true], .notice-bad")) return;
  forget(keys.get(form));
}

new MutationObserver((changes) => {
  for (const change of changes) {
    within(change.removedNodes, settle);
    within(change.addedNodes, putBack);
  }
}).observe(document.documentElement, { childList: true, subtree: true });
document.querySelectorAll("form[data-kept]").forEach(putBack);
document.addEventListener("input", keep);
document.addEventListener("change", keep);
document.addEventListener("submit", ({ target }) => {
  if (target.matches("[data-kept]:not([data-kept-by])")) sent.add(target);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[id]");
  const form = button && document.querySelector(`form[data-kept-by="${CSS.escape(button.id)}"]`);
  if (form) sent.add(form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ends-session]")) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
});
