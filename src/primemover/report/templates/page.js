"use strict";
// Niceties only: the page says everything without them.
(() => {
  // One cursor through all curves of a test.
  for (const plots of document.querySelectorAll(".plots")) {
    const source = plots.querySelector(".plot-data");
    if (!source) continue;
    const data = JSON.parse(source.textContent);
    const left = Number(plots.dataset.left), right = Number(plots.dataset.right), width = Number(plots.dataset.width);
    const panels = [...plots.querySelectorAll(".plot[data-id]")];
    const show = (row) => {
      const x = row === null ? 0 : left + (right - left) * row / (data.time_s.length - 1);
      for (const panel of panels) {
        const line = panel.querySelector(".cursor"), out = panel.querySelector(".readout");
        line.classList.toggle("on", row !== null); line.setAttribute("x1", x); line.setAttribute("x2", x);
        if (row === null) { out.textContent = out.dataset.rest; continue; }
        const [value, error] = data.panels[panel.dataset.id][row];
        const time = data.time_s[row].toFixed(1).replace("-", "\u2212") + " s: ";
        const unit = panel.dataset.unit === "\u00b0" ? "\u00b0" : " " + panel.dataset.unit;
        const number = value === null ? plots.dataset.unread : value.toFixed(0).replace("-", "\u2212") + (error === null ? "" : " \u00b1 " + Math.max(1, error).toFixed(0)) + unit;
        out.textContent = time + number;
      }
    };
    for (const panel of panels) {
      const drawing = panel.querySelector("svg");
      drawing.addEventListener("pointermove", (event) => {
        const box = drawing.getBoundingClientRect();
        const x = (event.clientX - box.left) / box.width * width;
        const share = Math.min(Math.max((x - left) / (right - left), 0), 1);
        show(Math.round(share * (data.time_s.length - 1)));
      });
      drawing.addEventListener("pointerleave", () => show(null));
    }
  }
  // Paper cannot be unfolded.
  let folded = [];
  addEventListener("beforeprint", () => { folded = [...document.querySelectorAll("details:not([open])")]; for (const one of folded) one.open = true; });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
})();
