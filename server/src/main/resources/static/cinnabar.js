"use strict";
// The few things that pages do beyond HTML. Every page works without this file.

(function () {
  // What htmx put into <main> is announced by moving the focus there, unless somebody is typing.
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "main" && !document.activeElement.matches("input, select, textarea")) {
      event.target.focus();
    }
  });

  // Before an idle session ends the person is asked, and one press keeps it (WCAG 2.2.1).
  const dialog = document.getElementById("idle");
  if (!dialog) {
    return;
  }
  const idle = Number(dialog.dataset.seconds) * 1000;
  const warning = Math.min(120000, idle / 4);
  let warn = 0;
  let end = 0;

  function restart() {
    clearTimeout(warn);
    clearTimeout(end);
    warn = setTimeout(function () { dialog.showModal(); }, idle - warning);
    end = setTimeout(function () { location.reload(); }, idle + 1000);
  }

  dialog.addEventListener("close", function () {
    fetch(location.href, { method: "HEAD", credentials: "same-origin" }).then(restart, restart);
  });
  document.addEventListener("htmx:afterRequest", restart);
  restart();
})();
