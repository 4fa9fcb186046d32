// Sends the form of a video: with its progress, and with what is wrong shown at its field. What was typed and chosen stays where it
// is, so that one file can be exchanged and the form sent again.

const show = (id, text) => {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
};

const part = (form, name) => form.querySelector(`[name="${name}"]`);

function refuse(form, field, text) {
  const input = field && part(form, field);
  show(input ? `${field}-error` : "upload-error", text);
  (input ?? form.querySelector("button")).focus();
  if (input) input.setAttribute("aria-invalid", "true");
}

function reset(form) {
  for (const place of form.querySelectorAll(".field-error")) show(place.id, "");
  show("upload-error", "");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

function send(form) {
  reset(form);
  const video = part(form, "video").files[0];
  if (video && video.size > Number(form.dataset.most)) {
    refuse(form, "video", form.dataset.tooLarge);
    return;
  }
  const [button, progress] = [form.querySelector("button"), form.querySelector("progress")];
  const data = new FormData();
  // The video last: what is small is known by then.
  for (const name of ["id", "title", "titleEn", "poster", "captionsZh", "captionsEn", "video"]) {
    const input = part(form, name);
    if (input.type !== "file") data.append(name, input.value);
    else if (input.files[0]) data.append(name, input.files[0]);
  }
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("RequestVerificationToken", part(form, "__RequestVerificationToken").value);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress.value = event.loaded / event.total;
  });
  request.addEventListener("loadend", () => {
    button.disabled = false;
    progress.hidden = true;
    const answer = request.response;
    if (request.status === 200 && answer?.path) location.assign(answer.path);
    else refuse(form, answer?.field, answer?.text ?? form.dataset.broken);
  });
  button.disabled = true;
  progress.hidden = false;
  progress.value = 0;
  request.send(data);
}

// The module stays loaded when the page is left and come back to: one listener serves all.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-upload]")) return;
  event.preventDefault();
  send(event.target);
});
