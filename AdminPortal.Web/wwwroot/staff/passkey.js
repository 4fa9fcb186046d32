// Passkeys: talks to the browser's authenticators. Used by the sign-in page, where it shows its form only if the browser can, and
// by the officers' pages. What comes back is checked by the server alone.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((credential) => ({ ...credential, id: bytes(credential.id) }));

/** A passkey belongs to one host; elsewhere, and in old browsers, there is nothing to offer. */
export const isOffered = (domain) => window.isSecureContext && "PublicKeyCredential" in window && location.hostname === domain;

/** @returns the new credential in JSON, or null when the person or the authenticator did not want to. */
export async function make(json) {
  const options = JSON.parse(json);
  const publicKey = { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: named(options.excludeCredentials) };
  return answered(() => navigator.credentials.create({ publicKey }), (response) => ({
    attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  }));
}

/** @returns the answer in JSON, or null when the person or the authenticator did not want to. */
export async function ask(json) {
  const options = JSON.parse(json);
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
  return answered(() => navigator.credentials.get({ publicKey }), (response) => ({
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  }));
}

async function answered(asked, read) {
  let credential;
  try {
    credential = await asked();
  } catch (fault) {
    // Not wanted, not there, there already, too late: the browser has said so itself.
    if (fault instanceof DOMException) return null;
    throw fault;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...read(credential.response) },
  });
}

function offerSignIn(form) {
  const button = form.querySelector("button");
  const said = form.querySelector("[role=status]");
  form.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.textContent = "";
    try {
      const answer = await fetch(form.dataset.question, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.ok) {
        const { state, options } = await answer.json();
        const credential = await ask(JSON.stringify(options));
        if (credential) {
          form.elements.state.value = state;
          form.elements.credential.value = credential;
          form.submit();
          return;
        }
      }
    } catch {
      // Said below: there is the other way to sign in.
    }
    said.textContent = form.dataset.failed;
    button.disabled = false;
  });
}

const form = document.querySelector("form[data-passkey]");
if (form && isOffered(form.dataset.passkey)) offerSignIn(form);
