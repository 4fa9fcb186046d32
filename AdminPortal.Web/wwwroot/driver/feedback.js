// Photos and screenshots as telephones make them are too large, or PNG: they are drawn anew as JPEG before they are sent. Without
// this script the form takes JPEG files of at most 2 MB and says so. A PDF, where one is taken, is sent as it is.
import "/driver/counter.js";

const LONGEST = 1600;
const QUALITY = 0.85;
const DRAWN = "photo.jpg";
const PDF = "application/pdf";

async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const context = canvas.getContext("2d");
  // What is see-through in a screenshot would turn black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([blob], DRAWN, { type: "image/jpeg" });
}

// By its first bytes, as the server tells them apart.
const isPdf = async (file) => (await file.slice(0, 5).text()) === "%PDF-";

for (const input of document.querySelectorAll("input[data-photo]")) {
  const unreadable = document.getElementById(input.dataset.photo);
  const takesPdf = input.accept.includes(PDF);
  input.accept = takesPdf ? `image/*,${PDF}` : "image/*";
  input.addEventListener("change", async () => {
    const [file] = input.files;
    unreadable.hidden = true;
    if (!file || file.name === DRAWN) {
      return;
    }
    try {
      if (takesPdf && (await isPdf(file))) {
        return;
      }
      const files = new DataTransfer();
      files.items.add(await drawn(file));
      input.files = files.files;
    } catch {
      input.value = "";
      unreadable.hidden = false;
    }
  });
}
