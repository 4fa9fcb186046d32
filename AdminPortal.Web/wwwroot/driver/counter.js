// Shows how many characters a text has. The server counts again.
for (const field of document.querySelectorAll("textarea[data-counter]")) {
  const shown = document.getElementById(field.dataset.counter);
  const count = () => {
    shown.textContent = `${field.value.trim().length} / ${field.maxLength}`;
  };
  field.addEventListener("input", count);
  count();
}
