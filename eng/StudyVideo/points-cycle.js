// From the section "The points system and its cycle"; every sentence of the captions stands there.
{
  const monthBox = (g, month, fill, words = ink.text) => {
    const x = 44 + (month - 1) * 46;
    box(g, x, 200, 42, 48, fill, ink.line);
    write(g, `${month}`, x + 21, 225, 20, words);
  };

  const licence = (g, x, y) => {
    box(g, x - 44, y - 28, 88, 56, ink.card, ink.blue);
    box(g, x - 36, y - 18, 24, 32, ink.pale, null, 4);
    box(g, x - 4, y - 14, 40, 6, ink.line, null, 3);
    box(g, x - 4, y - 2, 40, 6, ink.line, null, 3);
    box(g, x - 4, y + 10, 26, 6, ink.line, null, 3);
  };

  const person = (g, x, y) => {
    disc(g, x, y - 34, 18, ink.blue);
    g.beginPath();
    g.arc(x, y + 22, 34, Math.PI, 0);
    g.fillStyle = ink.blue;
    g.fill();
  };

  /** An offence on the left of the line between two cycles; its points stay, go, or cross the line. */
  const offence = (g, y, points, paid, s) => {
    box(g, 40, y, 270, 84, ink.card, ink.line);
    both(g, ["罚款", "fine"], 90, y + 34, 22);
    if (s > 1) {
      if (paid) {
        tick(g, 142, y + 40, 14);
        both(g, ["已缴", "paid"], 190, y + 34, 20, ink.green);
      } else {
        cross(g, 142, y + 40, 11);
        both(g, ["逾期未缴", "unpaid, late"], 200, y + 34, 20, ink.red);
      }
    }
    if (paid) {
      faded(g, 1 - at(s, 2.6, 3.8), () => disc(g, 278, y + 42, 24, ink.orange, points));
    } else {
      disc(g, between(278, 450, at(s, 3.4, 5)), between(y + 42, 222, at(s, 3.4, 5)), 24, ink.orange, points);
    }
  };

  const twoCycles = (g, points, s) => {
    both(g, ["本周期", "this cycle"], 175, 98, 20);
    both(g, ["下一周期", "next cycle"], 490, 98, 20);
    line(g, [[350, 92], [350, 356]], ink.blue, 3, [9, 7]);
    box(g, 390, 150, 210, 150, ink.card, ink.line);
    offence(g, 150, points[0], true, s);
    offence(g, 252, points[1], false, s);
  };

  videos["points-cycle"] = {
    scenes: [
      {
        seconds: 5,
        title: ["记分周期", "The points cycle"],
        zh: "一个记分周期是十二个月，满分12分。",
        en: "A points cycle lasts twelve months. Its full mark is 12 points.",
        draw(g, s) {
          const months = Math.min(12, Math.floor(s * 4) + 1);
          for (let m = 0; m < 12; m++) {
            const from = -Math.PI / 2 + (m * Math.PI) / 6;
            g.beginPath();
            g.arc(320, 222, 112, from + 0.03, from + Math.PI / 6 - 0.03);
            g.strokeStyle = m < months ? ink.blue : ink.pale;
            g.lineWidth = 38;
            g.lineCap = "butt";
            g.stroke();
            const middle = from + Math.PI / 12;
            const color = m < months ? "#fff" : ink.blue;
            write(g, `${m + 1}`, 320 + 112 * Math.cos(middle), 222 + 112 * Math.sin(middle), 17, color);
          }
          if (s < 3) {
            write(g, `${months}`, 320, 206, 52, ink.blue);
            both(g, ["个月", "months"], 320, 244, 22);
          } else {
            write(g, "12", 320, 206, 60, ink.orange);
            both(g, ["分为满分", "points: full mark"], 320, 246, 20);
          }
        },
      },
      {
        seconds: 6,
        title: ["从哪天起算？", "When does it start?"],
        zh: "周期从初次领取驾驶证之日起算，不从元旦起算。",
        en: "It starts on the day of your first licence, not on 1 January.",
        draw(g, s) {
          for (let m = 1; m <= 12; m++) {
            const on = m >= 5 && s > 2.6 + (m - 5) * 0.25;
            monthBox(g, m, on ? ink.blue : ink.card, on ? "#fff" : ink.text);
          }
          both(g, ["月", "month"], 320, 276, 18);
          licence(g, 249, between(70, 140, at(s, 0.6, 2)));
          if (s > 2) {
            arrow(g, 249, 172, 249, 196);
            both(g, ["初次领证", "first licence"], 380, 134, 20, ink.blue);
          }
          if (s > 3.6) {
            cross(g, 65, 224, 19);
            both(g, ["元旦", "1 January"], 72, 276, 18, ink.red);
          }
        },
      },
      {
        seconds: 7,
        title: ["举例", "An example"],
        zh: "2023年5月领证：第一个周期到2024年5月届满，第二个随即开始。",
        en: "Licensed in May 2023: the first cycle ends in May 2024, the second begins at once.",
        draw(g, s) {
          const first = at(s, 0.8, 3.2);
          const second = at(s, 3.6, 6.2);
          box(g, 70, 190, 250, 52, ink.pale, null, 4);
          box(g, 320, 190, 250, 52, ink.pale, null, 4);
          box(g, 70, 190, 250 * first, 52, ink.blue, null, 4);
          box(g, 320, 190, 250 * second, 52, ink.green, null, 4);
          both(g, ["第一个周期", "first cycle"], 195, 208, 20, first > 0.7 ? "#fff" : ink.text);
          both(g, ["第二个周期", "second cycle"], 445, 208, 20, second > 0.7 ? "#fff" : ink.text);
          for (const [x, day] of [[70, "2023.5"], [320, "2024.5"], [570, "2025.5"]]) {
            line(g, [[x, 178], [x, 256]], ink.text, 3);
            write(g, day, x, 276, 20);
          }
          licence(g, 90, 132);
        },
      },
      {
        seconds: 6,
        title: ["不会中断", "It never stops"],
        zh: "没开车、换证、增加准驾车型，周期都照常往前走。",
        en: "Not driving, renewing or adding a vehicle class neither stops nor restarts it.",
        draw(g, s) {
          const part = Math.min(1, s / 5.4);
          const x = between(60, 580, part);
          box(g, 60, 246, 520, 30, ink.pale, null, 15);
          box(g, 60, 246, Math.max(30, x - 60), 30, ink.blue, null, 15);
          disc(g, x, 261, 22, ink.orange);
          const events = [["没开车", "not driving"], ["换证", "renewing"], ["增加车型", "new class"]];
          events.forEach((words, i) => {
            const middle = 160 + i * 160;
            const passed = x > middle;
            box(g, middle - 68, 130, 136, 70, ink.card, passed ? ink.blue : ink.line);
            both(g, words, middle, 156, 22, passed ? ink.blue : ink.text);
            line(g, [[middle, 202], [middle, 240]], ink.line, 3, [5, 5]);
          });
          both(g, ["周期继续", "the cycle goes on"], 320, 306, 22, ink.blue);
        },
      },
      {
        seconds: 7,
        title: ["分跟着人走", "Points follow the person"],
        zh: "分跟着人走：开甲车记3分，开乙车再记6分，一共9分。",
        en: "Points follow the person: 3 in car A and 6 more in car B make 9.",
        draw(g, s) {
          car(g, 110, 150, 0, ink.green, { words: "甲" });
          car(g, 530, 150, Math.PI, ink.orange, { words: "乙" });
          person(g, 320, 232);
          const three = at(s, 1, 2.4);
          const six = at(s, 3, 4.4);
          disc(g, between(110, 292, three), between(200, 250, three), 24, ink.red, "3");
          disc(g, between(530, 348, six), between(200, 250, six), 24, ink.red, "6");
          const total = (three === 1 ? 3 : 0) + (six === 1 ? 6 : 0);
          write(g, `${total}`, 320, 314, 52, ink.red);
          both(g, ["分", "points"], 376, 308, 22, ink.red);
        },
      },
      {
        seconds: 6,
        title: ["周期届满（一）", "The end of a cycle (1)"],
        zh: "届满时未满12分、罚款都已缴清：记分全部清除。",
        en: "Under 12 points and every fine paid: all points are cleared.",
        draw(g, s) {
          const gone = 1 - at(s, 2.8, 4);
          [["6", 150], ["3", 246]].forEach(([points, y], i) => {
            box(g, 60, y, 270, 76, ink.card, ink.line);
            both(g, ["罚款", "fine"], 112, y + 30, 22);
            if (s > 0.8 + i * 0.8) {
              tick(g, 166, y + 38, 14);
              both(g, ["已缴", "paid"], 214, y + 30, 20, ink.green);
            }
            faded(g, gone, () => disc(g, 290, y + 38, 24, ink.orange, points));
          });
          arrow(g, 356, 236, 410, 236);
          box(g, 430, 170, 150, 130, ink.card, ink.blue);
          write(g, s > 4 ? "0" : "9", 505, 222, 58, s > 4 ? ink.green : ink.orange);
          both(g, ["分", "points"], 505, 262, 18);
        },
      },
      {
        seconds: 7,
        title: ["周期届满（二）", "The end of a cycle (2)"],
        zh: "有罚款逾期未缴：那一起违法的分值转入下一个周期。",
        en: "A fine is unpaid and late: the points of that offence move into the next cycle.",
        draw(g, s) {
          twoCycles(g, ["", ""], s);
        },
      },
      {
        seconds: 6,
        title: ["举例：9分 = 6分 + 3分", "An example: 9 points = 6 + 3"],
        zh: "6分的罚款已缴，清除；3分的罚款逾期未缴，带入新周期。",
        en: "The fine for the 6 is paid: cleared. The one for the 3 is late: carried over.",
        draw(g, s) {
          twoCycles(g, ["6", "3"], s);
          if (s > 5) {
            both(g, ["从3分开始", "starts at 3"], 530, 212, 20, ink.orange);
          }
        },
      },
      {
        seconds: 5,
        title: ["好习惯", "Good habits"],
        zh: "每月查一次记分，记住届满日，届满前缴清罚款。",
        en: "Check your points monthly, know your last day, pay the fines before it.",
        draw(g, s) {
          const habits = [
            ["每月查一次记分", "check your points every month"],
            ["记住周期届满日", "know the last day of your cycle"],
            ["届满前缴清罚款", "pay the fines before it"],
          ];
          habits.forEach((words, i) => {
            const y = 96 + i * 90;
            box(g, 110, y, 420, 74, ink.card, ink.line);
            both(g, words, 344, y + 28, 24);
            box(g, 132, y + 17, 40, 40, ink.paper, ink.blue);
            if (s > 0.7 + i) {
              tick(g, 152, y + 37, 13);
            }
          });
        },
      },
    ],
  };
}
