// Counts the open question's time down. It only shows what the server said: a late answer is judged late by the server's clock,
// whatever stands here.
const timer = document.getElementById("timer");
const left = document.getElementById("left");
const ends = performance.now() + Number(timer.dataset.left);

function show() {
  const milliseconds = ends - performance.now();
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  left.textContent = String(seconds);
  timer.classList.toggle("short", seconds <= 10);
  if (milliseconds > 0) {
    // On the turn of the second, so that the last one is not shown twice.
    setTimeout(show, milliseconds % 1000 || 1000);
    return;
  }
  document.getElementById("over").hidden = false;
  document.getElementById("options").disabled = true;
}

show();

// A page out of the browser's memory shows a question that may long be over.
addEventListener("pageshow", (event) => {
  if (event.persisted) {
    location.reload();
  }
});
