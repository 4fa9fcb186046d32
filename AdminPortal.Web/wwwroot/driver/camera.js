// Takes the photo of a face check. It ends as a file in the ordinary form, and the ordinary form sends it. Whatever the source,
// the picture is drawn anew: upright, at most 1280 pixels, baseline JPEG, which is what the server takes.
const LONGEST = 1280;
const QUALITY = 0.85;
const NAME = "photo.jpg";

const one = (id) => document.getElementById(id);
const input = one("photo");
const video = one("video");
const still = one("still");
let stream = null;

function say(state) {
  for (const name of ["denied", "ready", "unreadable"]) {
    one(`say-${name}`).hidden = name !== state;
  }
}

/** Draws a picture of the given size and puts it into the form. */
async function use(picture, width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const files = new DataTransfer();
  files.items.add(new File([blob], NAME, { type: "image/jpeg" }));
  input.files = files.files;
  URL.revokeObjectURL(still.src);
  still.src = URL.createObjectURL(blob);
  still.hidden = false;
  one("oval").toggleAttribute("hidden", true);
  say("ready");
}

function close() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.srcObject = null;
  video.hidden = true;
}

async function open() {
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } },
      audio: false,
    });
  } catch {
    say("denied");
    return;
  }
  say(null);
  video.hidden = false;
  still.hidden = true;
  one("oval").toggleAttribute("hidden", false);
  video.srcObject = stream;
  await video.play();
  one("open").hidden = true;
  one("again").hidden = true;
  one("take").hidden = false;
  one("take").focus();
}

async function take() {
  await use(video, video.videoWidth, video.videoHeight);
  close();
  one("take").hidden = true;
  one("again").hidden = false;
  one("submit").focus();
}

input?.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file || file.name === NAME) {
    return;
  }
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    one("camera").hidden = false;
    video.hidden = true;
    await use(picture, picture.width, picture.height);
    picture.close();
  } catch {
    input.value = "";
    say("unreadable");
  }
});

if (input && navigator.mediaDevices?.getUserMedia) {
  one("camera").hidden = false;
  one("shutter").hidden = false;
  one("open").addEventListener("click", open);
  one("again").addEventListener("click", open);
  one("take").addEventListener("click", take);
  addEventListener("pagehide", close);
}
