// All that pages do beyond links and forms. Without it, every flow works but dragging.

/** A file can be dropped anywhere on the page of an upload, or pasted; a file alone is sent at once. */
function acceptDrops(form) {
  const input = form.querySelector('input[type=file]');
  const hint = form.querySelector('.drop-hint');
  const take = (files) => {
    if (files.length === 0) return false;
    input.files = files;
    form.requestSubmit();
    return true;
  };
  hint.hidden = false;
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    form.classList.add('dragged');
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) form.classList.remove('dragged');
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('dragged');
    take(event.dataTransfer.files);
  });
  document.addEventListener('paste', (event) => {
    if (take(event.clipboardData.files)) event.preventDefault();
  });
}

/** Asks before a text that somebody typed is left behind. */
function guardText(form) {
  let isTyped = false;
  form.addEventListener('input', () => {
    isTyped = true;
  });
  form.addEventListener('submit', () => {
    isTyped = false;
  });
  window.addEventListener('beforeunload', (event) => {
    if (isTyped) event.preventDefault();
  });
}

document.querySelectorAll('form[data-drop]').forEach(acceptDrops);
document.querySelectorAll('form[data-guard]').forEach(guardText);
// Whoever sent a form with errors is led to them.
document.querySelector('[role=alert]')?.focus();
