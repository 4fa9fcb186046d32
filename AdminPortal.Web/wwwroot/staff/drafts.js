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

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ends-session]")) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
});
