// Turns the scenes of a video into frames or captions. ?video=name&part=frames|zh|en, or ?video=name&at=seconds to look at a picture.
const asked = new URLSearchParams(location.search);
const video = videos[asked.get("video")];
const canvas = document.querySelector("canvas");
const g = canvas.getContext("2d", { willReadFrequently: true });
const out = document.querySelector("pre");

/** Each scene has one caption and follows the one before it. */
let total = 0;
for (const scene of video.scenes) {
  scene.from = total;
  total += scene.seconds;
}

function draw(t) {
  const scene = video.scenes.findLast((s) => s.from <= t);
  paper(g, scene.title);
  g.save();
  g.beginPath();
  g.rect(0, HEAD, WIDTH, BAND - HEAD);
  g.clip();
  scene.draw(g, t - scene.from);
  g.restore();
}

function time(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(2, "0")}:${(seconds % 60).toFixed(3).padStart(6, "0")}`;
}

/** A caption stands a little shorter than its scene, so that the eye sees it change. */
function captions(language) {
  const cues = video.scenes.map((s) => `${time(s.from + 0.2)} --> ${time(s.from + s.seconds - 0.1)}\n${s[language]}\n`);
  return `WEBVTT\n\n${cues.join("\n")}`;
}

/** All frames, one PNG file after the other. */
function frames() {
  let bytes = "";
  for (let frame = 0; frame < total * RATE; frame++) {
    draw(frame / RATE);
    bytes += atob(canvas.toDataURL("image/png").split(",")[1]);
  }
  return btoa(bytes);
}

const part = asked.get("part");
if (part === "frames") {
  out.textContent = frames();
} else if (part) {
  out.textContent = btoa(String.fromCharCode(...new TextEncoder().encode(captions(part))));
} else {
  draw(Number(asked.get("at") ?? 0));
}
