// From the section "Rules of the road and giving way"; every sentence of the captions stands there. One drives on the right.
{
  const [X, Y] = [320, 226];
  const LANE = 27;
  const [NORTH, SOUTH, EAST, WEST] = [-Math.PI / 2, Math.PI / 2, 0, Math.PI];
  const [TOP, END] = [HEAD, BAND];

  /** Ways over the junction, by where they come from and where they go. */
  const ways = {
    fromSouth: way([X + LANE, END + 40], [X + LANE, TOP - 40]),
    fromSouthLeft: way([X + LANE, END + 40], [X + LANE, Y + 40], [X - 54, Y - LANE, X + LANE, Y - LANE], [-40, Y - LANE]),
    fromSouthRight: way([X + LANE, END + 40], [X + LANE, Y + 60], [X + 66, Y + LANE, X + LANE, Y + LANE], [680, Y + LANE]),
    fromEast: way([680, Y - LANE], [-40, Y - LANE]),
    fromNorth: way([X - LANE, TOP - 40], [X - LANE, END + 40]),
    fromNorthLeft: way([X - LANE, TOP - 40], [X - LANE, Y - 40], [X + 54, Y + LANE, X - LANE, Y + LANE], [680, Y + LANE]),
  };

  function junction(g) {
    g.fillStyle = ink.grass;
    g.fillRect(0, TOP, WIDTH, END - TOP);
    g.fillStyle = ink.road;
    g.fillRect(X - 54, TOP, 108, END - TOP);
    g.fillRect(0, Y - 54, WIDTH, 108);
    for (const [a, b] of [[[X, TOP], [X, Y - 62]], [[X, Y + 62], [X, END]], [[0, Y], [X - 62, Y]], [[X + 62, Y], [WIDTH, Y]]]) {
      line(g, [a, b], "#ffd166", 2, [10, 8]);
    }
  }

  const stopLine = (g) => line(g, [[X + 4, Y + 60], [X + 52, Y + 60]], "#fff", 5, [50, 0]);

  /** Drives a way: to a place, waits there, goes on. The times are seconds of the scene. */
  function drive(g, s, points, color, words, { stop, wait, go, lamps = {} }) {
    const part = s < go[0] ? stop * at(s, ...wait) : between(stop, 1, at(s, ...go));
    const [x, y, angle] = along(points, part);
    car(g, x, y, angle, color, { words, brake: stop > 0 && s > wait[1] - 0.5 && s < go[0], ...lamps });
  }

  const passes = (from, to) => ({ stop: 0, wait: [0, 0.01], go: [from, to] });

  function lights(g, x, y, on) {
    box(g, x - 13, y - 36, 26, 72, "#17202c", null, 6);
    ["#ff4236", "#ffc400", "#35c46a"].forEach((color, i) => disc(g, x, y - 22 + i * 22, 8, i === on ? color : "#3d4858"));
  }

  function yieldSign(g, x, y) {
    g.beginPath();
    g.moveTo(x - 22, y - 18);
    g.lineTo(x + 22, y - 18);
    g.lineTo(x, y + 20);
    g.closePath();
    g.fillStyle = "#fff";
    g.fill();
    g.strokeStyle = "#d0241b";
    g.lineWidth = 6;
    g.stroke();
    write(g, "让", x, y - 6, 15, ink.text);
  }

  function crossing(g, walk) {
    g.fillStyle = ink.grass;
    g.fillRect(0, TOP, WIDTH, END - TOP);
    g.fillStyle = ink.road;
    g.fillRect(0, 166, WIDTH, 120);
    line(g, [[0, 226], [320, 226]], "#ffd166", 2, [10, 8]);
    line(g, [[440, 226], [WIDTH, 226]], "#ffd166", 2, [10, 8]);
    for (let y = 172; y < 284; y += 20) {
      box(g, 340, y, 80, 11, "#fff", null, 0);
    }
    disc(g, 380, walk, 12, ink.orange);
    box(g, 366, walk + 10, 28, 24, ink.orange, null, 10);
  }

  videos["who-goes-first"] = {
    scenes: [
      {
        seconds: 6,
        title: ["没有信号灯、没有交警", "No lights, no officer"],
        zh: "没有信号灯、也没有交警的路口：先减速，再判断谁先走。",
        en: "A junction with no lights and no officer: slow down, then see who goes first.",
        draw(g, s) {
          junction(g);
          lights(g, 470, 122, -1);
          cross(g, 470, 122, 26);
          drive(g, s, ways.fromSouth, ink.blue, "", { stop: 0.24, wait: [0.3, 4], go: [7, 8] });
          const [x, y] = along(ways.fromEast, 0.22 * at(s, 0.3, 4));
          car(g, x, y, WEST, ink.orange, { brake: s > 3 });
          if (s > 3) {
            write(g, "?", X, Y, 64, "#fff");
          }
        },
      },
      {
        seconds: 6,
        title: ["先看标志、标线", "Signs and markings first"],
        zh: "有让行标志、标线的：让优先通行的一方先走。",
        en: "Where signs or markings give priority, the side with priority goes first.",
        draw(g, s) {
          junction(g);
          line(g, [[X + 4, Y + 62], [X + 52, Y + 62]], "#fff", 5, [9, 6]);
          yieldSign(g, 412, 320);
          drive(g, s, ways.fromEast, ink.orange, "1", passes(0.4, 4));
          drive(g, s, ways.fromSouth, ink.blue, "2", { stop: 0.185, wait: [0.2, 1.6], go: [3.4, 5.8] });
        },
      },
      {
        seconds: 7,
        title: ["右方先行", "Traffic from the right goes first"],
        zh: "没有标志、标线的：停车瞭望，让右方道路的来车先走。",
        en: "With neither: stop and look, and let traffic from the right go first.",
        draw(g, s) {
          junction(g);
          stopLine(g);
          drive(g, s, ways.fromEast, ink.orange, "1", { stop: 0.2, wait: [0.2, 1.8], go: [2.4, 4.8] });
          drive(g, s, ways.fromSouth, ink.blue, "2", { stop: 0.185, wait: [0.2, 1.8], go: [4.3, 6.8] });
          if (s > 1.6 && s < 4.2) {
            arrow(g, X + 52, Y + 104, X + 120, Y + 104, ink.blue);
            both(g, ["右方", "right"], X + 156, Y + 94, 20, ink.blue);
          }
        },
      },
      {
        seconds: 6,
        title: ["转弯让直行", "Turning gives way to straight on"],
        zh: "转弯的车让直行的车先走。",
        en: "A turning vehicle gives way to one going straight.",
        draw(g, s) {
          junction(g);
          drive(g, s, ways.fromNorth, ink.orange, "1", passes(0.6, 4));
          drive(g, s, ways.fromSouthLeft, ink.blue, "2", {
            stop: 0.2,
            wait: [0.2, 1.6],
            go: [3, 5.8],
            lamps: { left: Math.floor(s * 2) % 2 === 0 },
          });
        },
      },
      {
        seconds: 7,
        title: ["右转让左转", "Turning right gives way to turning left"],
        zh: "相对方向行驶：右转弯的车让左转弯的车先走。",
        en: "From opposite directions: the one turning right lets the one turning left go first.",
        draw(g, s) {
          junction(g);
          const blink = Math.floor(s * 2) % 2 === 0;
          drive(g, s, ways.fromNorthLeft, ink.orange, "1", { ...passes(0.6, 4.6), lamps: { left: blink } });
          drive(g, s, ways.fromSouthRight, ink.blue, "2", {
            stop: 0.22,
            wait: [0.2, 1.6],
            go: [4, 6.8],
            lamps: { right: blink },
          });
        },
      },
      {
        seconds: 6,
        title: ["环形路口", "Roundabout"],
        zh: "准备进入环形路口：让已经在路口内的车先走。",
        en: "Entering a roundabout: vehicles already in it go first.",
        draw(g, s) {
          g.fillStyle = ink.grass;
          g.fillRect(0, TOP, WIDTH, END - TOP);
          g.fillStyle = ink.road;
          g.fillRect(0, Y - 45, WIDTH, 90);
          g.fillRect(X - 45, TOP, 90, END - TOP);
          disc(g, X, Y, 124, ink.road);
          disc(g, X, Y, 56, ink.grass);
          disc(g, X, Y, 40, "#b9d1ae");
          const inside = between(Math.PI * 1.05, -0.15, at(s, 0.3, 3.6));
          if (s < 3.6) {
            car(g, X + 90 * Math.cos(inside), Y + 90 * Math.sin(inside), inside - Math.PI / 2, ink.orange, { words: "1" });
          } else {
            const [x, y, angle] = along(way([X + 89, Y - 13], [680, Y + 22, X + 104, Y + 22]), at(s, 3.6, 5.2));
            car(g, x, y, angle, ink.orange, { words: "1" });
          }
          const enter = way([X + 22, END + 40], [X + 22, Y + 148], [X + 84, Y + 34, X + 34, Y + 92], [680, Y + 22, X + 112, Y + 22]);
          drive(g, s, enter, ink.blue, "2", { stop: 0.04, wait: [0.2, 1.2], go: [3, 5.9] });
        },
      },
      {
        seconds: 7,
        title: ["人行横道", "Zebra crossing"],
        zh: "行经人行横道先减速；有行人正在通过，停车让行。",
        en: "Slow down at a zebra crossing; if someone is crossing, stop and give way.",
        draw(g, s) {
          crossing(g, between(330, 120, at(s, 0.6, 4.6)));
          drive(g, s, way([-40, 256], [700, 256]), ink.blue, "", { stop: 0.43, wait: [0.2, 2.4], go: [5, 6.9] });
        },
      },
      {
        seconds: 5,
        title: ["不让行，记3分", "Not giving way: 3 points"],
        zh: "不按规定减速、停车、避让行人的，一次记3分。",
        en: "Failing to slow, stop or give way there costs 3 points.",
        draw(g, s) {
          // On foot as far as the middle, and a car that does not stop.
          crossing(g, between(126, 196, at(s, 0.2, 1.6)));
          car(g, between(60, 700, at(s, 0.2, 3)), 256, EAST, ink.blue);
          const grown = at(s, 2, 2.6);
          if (grown > 0) {
            disc(g, 530, 150, 54 * grown, ink.red);
            write(g, "3", 530, 142, 54 * grown, "#fff");
            write(g, "分 points", 530, 180, 15 * grown, "#fff");
          }
        },
      },
      {
        seconds: 6,
        title: ["前方路口堵塞", "The junction ahead is blocked"],
        zh: "前方路口已经堵塞：绿灯亮着，也停在路口以外等候。",
        en: "The junction ahead is blocked: wait outside it, even on a green light.",
        draw(g, s) {
          junction(g);
          stopLine(g);
          lights(g, 412, 318, 2);
          car(g, X + LANE, Y - 106, NORTH, ink.quiet, { brake: true });
          car(g, X + LANE, Y - 46, NORTH, ink.quiet, { brake: true });
          car(g, X + 30, Y + 22, NORTH, ink.quiet, { brake: true });
          car(g, 160, Y + LANE, EAST, ink.orange, { brake: true });
          car(g, 90, Y + LANE, EAST, ink.orange, { brake: true });
          car(g, X - LANE, between(TOP - 40, TOP + 60, at(s, 0.2, 2)), SOUTH, ink.orange, { brake: s > 1.6 });
          drive(g, s, ways.fromSouth, ink.blue, "", { stop: 0.16, wait: [0.4, 2.4], go: [8, 9] });
          if (s > 2.6) {
            both(g, ["停在外面等", "wait outside"], 500, 304, 22, ink.blue);
          }
        },
      },
    ],
  };
}
