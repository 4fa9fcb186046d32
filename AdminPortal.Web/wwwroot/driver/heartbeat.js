// Tells the server that the section is still being read. The server alone counts: a beat carries nothing but the single-use
// ticket of the answer before it. Nobody is asked to scroll or type: a page that is seen is read, or its video watched.
const study = document.getElementById("study");
const { section, token } = study.dataset;
const every = Number(study.dataset.every) * 1000;
let ticket = study.dataset.ticket || null;
let next = 0;
let busy = false;

const one = (id) => document.getElementById(id);
const video = one("video");

/** Shows one of the states, or none. */
function say(state) {
  for (const name of ["running", "paused", "offline"]) {
    one(`say-${name}`).hidden = name !== state;
  }
}

/** A video gives way to what has to be seen now, from full screen too. */
function interrupt() {
  if (video) {
    video.pause();
    // iPhones play full screen in a player of their own.
    video.webkitExitFullscreen?.();
  }
  if (document.fullscreenElement) {
    document.exitFullscreen().catch(() => {});
  }
}

/** Counting is over on this page; it can be begun again here. */
function stop(text) {
  interrupt();
  ticket = null;
  clearTimeout(next);
  say(null);
  one("stopped-text").textContent = text;
  one("say-stopped").hidden = false;
  const begin = one("begin");
  if (begin) {
    begin.hidden = false;
  }
}

function show(progress) {
  const counted = progress.credited;
  one("credited").textContent = `${Math.floor(counted / 60)}:${String(counted % 60).padStart(2, "0")}`;
  one("progress").value = Math.min(counted, progress.required);
  const complete = one("complete");
  if (complete && counted >= progress.required) {
    complete.hidden = false;
  }
}

function plan() {
  clearTimeout(next);
  if (ticket && !document.hidden) {
    next = setTimeout(beat, every);
  }
}

async function beat() {
  if (!ticket || busy) {
    return;
  }
  busy = true;
  try {
    const answer = await fetch("/driver/study/beat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", RequestVerificationToken: token },
      body: JSON.stringify({ section, ticket }),
      // The last beat before the page is hidden or left has to arrive too.
      keepalive: true,
    });
    await take(answer);
  } catch {
    // No network: the same ticket goes again; the server knows the last two.
    say("offline");
  } finally {
    busy = false;
    plan();
  }
}

async function take(answer) {
  if (answer.status >= 500) {
    say("offline");
    return;
  }
  if (answer.ok) {
    const progress = await answer.json();
    if (progress.checkDue) {
      interrupt();
      location.assign("/driver/face");
      return;
    }
    ticket = progress.ticket;
    show(progress);
    say(document.hidden ? "paused" : "running");
    return;
  }
  if (answer.status === 409) {
    stop((await answer.json()).text);
    return;
  }
  // The study is over, its window is, or nobody is signed in any more: the server says what is next.
  interrupt();
  location.assign("/driver/study");
}

document.addEventListener("visibilitychange", () => {
  if (!ticket) {
    return;
  }
  if (document.hidden) {
    say("paused");
  }
  // Leaving: what was read so far counts. Coming back: a new stretch begins where the pause was too long.
  clearTimeout(next);
  beat();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});

// A network that breaks off leaves a video that no browser starts again by itself: here from where it stopped.
video?.addEventListener("error", () => {
  one("video-failed").hidden = false;
});
one("video-again")?.addEventListener("click", () => {
  const stopped = video.currentTime;
  one("video-failed").hidden = true;
  video.load();
  video.currentTime = stopped;
  video.play().catch(() => {});
  video.focus();
});

if (ticket) {
  say(document.hidden ? "paused" : "running");
  // At once: a ticket that another device has replaced shows before a minute is lost on it.
  beat();
}
