// What the videos are drawn with. A picture is 640 by 480; its lowest part stays dark and empty, for the captions.
const RATE = 15;
const WIDTH = 640;
const HEAD = 78;
const BAND = 372;
const FONT = '"WenQuanYi Micro Hei", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const videos = {};

const ink = {
  paper: "#eef2f8",
  card: "#ffffff",
  line: "#b6c1d0",
  text: "#17202c",
  quiet: "#4a5768",
  blue: "#14468f",
  pale: "#c9d8ef",
  orange: "#c2570c",
  green: "#0d6538",
  red: "#a81c14",
  road: "#5b6675",
  grass: "#dbe7d6",
};

/** How far a movement has come (0 to 1) that lasts from one second of the scene to another, slow at both ends. */
function at(s, from, to) {
  const k = Math.min(1, Math.max(0, (s - from) / (to - from)));
  return k * k * (3 - 2 * k);
}

const between = (a, b, k) => a + (b - a) * k;

function write(g, words, x, y, size, color = ink.text, align = "center", weight = "bold") {
  g.font = `${weight} ${size}px ${FONT}`;
  g.textAlign = align;
  g.textBaseline = "middle";
  g.fillStyle = color;
  g.fillText(words, x, y);
}

/** Chinese with English small underneath. */
function both(g, [zh, en], x, y, size, color = ink.text) {
  write(g, zh, x, y, size, color);
  write(g, en, x, y + size * 0.95, Math.max(13, size * 0.55), color === ink.text ? ink.quiet : color, "center", "normal");
}

function box(g, x, y, w, h, fill, edge = null, round = 8) {
  g.beginPath();
  g.roundRect(x, y, w, h, round);
  g.fillStyle = fill;
  g.fill();
  if (edge) {
    g.strokeStyle = edge;
    g.lineWidth = 2;
    g.stroke();
  }
}

function disc(g, x, y, r, fill, words = "", color = "#fff") {
  g.beginPath();
  g.arc(x, y, r, 0, 7);
  g.fillStyle = fill;
  g.fill();
  if (words) {
    write(g, words, x, y + 1, r * 1.05, color);
  }
}

function line(g, points, color, width, dash = []) {
  g.beginPath();
  points.forEach(([x, y], i) => (i ? g.lineTo(x, y) : g.moveTo(x, y)));
  g.setLineDash(dash);
  g.lineCap = dash.length ? "butt" : "round";
  g.lineJoin = "round";
  g.strokeStyle = color;
  g.lineWidth = width;
  g.stroke();
  g.setLineDash([]);
}

const tick = (g, x, y, r, color = ink.green) =>
  line(g, [[x - r, y], [x - r * 0.3, y + r * 0.7], [x + r, y - r * 0.7]], color, r * 0.45);

function cross(g, x, y, r, color = ink.red) {
  line(g, [[x - r, y - r], [x + r, y + r]], color, r * 0.4);
  line(g, [[x + r, y - r], [x - r, y + r]], color, r * 0.4);
}

function arrow(g, x1, y1, x2, y2, color = ink.blue) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn) => [x2 - 12 * Math.cos(angle + turn), y2 - 12 * Math.sin(angle + turn)];
  line(g, [[x1, y1], [x2, y2]], color, 4);
  line(g, [wing(0.5), [x2, y2], wing(-0.5)], color, 4);
}

function faded(g, alpha, draw) {
  g.save();
  g.globalAlpha = alpha;
  draw();
  g.restore();
}

/** The empty picture with the title of the scene. */
function paper(g, title) {
  g.fillStyle = ink.paper;
  g.fillRect(0, 0, WIDTH, BAND);
  g.fillStyle = "#10161f";
  g.fillRect(0, BAND, WIDTH, 108);
  write(g, title[0], 28, 32, 26, ink.text, "left");
  write(g, title[1], 28, 60, 15, ink.quiet, "left", "normal");
}

/** A car from above; the angle is where it drives to, 0 is to the right. */
function car(g, x, y, angle, color, { brake = false, left = false, right = false, words = "" } = {}) {
  g.save();
  g.translate(x, y);
  g.rotate(angle);
  box(g, -25, -13, 50, 26, color, null, 8);
  box(g, 3, -10, 11, 20, "#dce9ff", null, 3);
  box(g, -19, -9, 7, 18, "#dce9ff", null, 3);
  if (brake) {
    box(g, -27, -12, 5, 8, "#ff4236", null, 2);
    box(g, -27, 4, 5, 8, "#ff4236", null, 2);
  }
  if (left || right) {
    const side = left ? -12 : 6;
    box(g, 19, side, 7, 7, "#ffc400", null, 2);
    box(g, -27, side, 7, 7, "#ffc400", null, 2);
  }
  g.restore();
  if (words) {
    disc(g, x, y, 13, "#fff");
    write(g, words, x, y + 1, 18, color);
  }
}

/** Points of a way: straight pieces, and curves where a piece has a point to bend around. */
function way(...pieces) {
  const points = [pieces[0]];
  for (const [x, y, bendX, bendY] of pieces.slice(1)) {
    const [fromX, fromY] = points[points.length - 1];
    const [midX, midY] = [bendX ?? (fromX + x) / 2, bendY ?? (fromY + y) / 2];
    for (let i = 1; i <= 40; i++) {
      const k = i / 40;
      const q = 1 - k;
      points.push([q * q * fromX + 2 * q * k * midX + k * k * x, q * q * fromY + 2 * q * k * midY + k * k * y]);
    }
  }
  return points;
}

/** Where something is that has gone a part (0 to 1) of a way, and where it looks. */
function along(points, part) {
  const steps = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
  let left = part * steps.reduce((a, b) => a + b, 0);
  let i = 0;
  while (i < steps.length - 1 && left > steps[i]) {
    left -= steps[i++];
  }
  const [[x1, y1], [x2, y2]] = [points[i], points[i + 1]];
  const k = steps[i] ? Math.min(1, left / steps[i]) : 0;
  return [between(x1, x2, k), between(y1, y2, k), Math.atan2(y2 - y1, x2 - x1)];
}
