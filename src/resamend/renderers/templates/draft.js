(() => {
  "use strict";
  const main = document.getElementById("draft");
  const steps = document.querySelector(".steps");
  const redline = document.getElementById("view-redline");
  const keys = document.getElementById("keys");
  const seen = element => element.getClientRects().length > 0;
  /* a paragraph that is far away is not laid out: its own box is known, what is in it would be made */
  const paragraph = stop => stop.closest("main > .p") || stop;
  const base = document.getElementById("view-base");
  const stops = () => base && base.checked ? []
    : [...main.querySelectorAll(".stop")].filter(stop => seen(paragraph(stop)));
  const beyond = (stop, line, step) => {
    const box = paragraph(stop).getBoundingClientRect();
    if (box.top > line) return step > 0;
    if (box.bottom <= line) return step < 0;
    const top = stop.getBoundingClientRect().top;
    return step > 0 ? top > line : top < line;
  };
  const edge = () => {
    const bar = document.querySelector(".bar");
    return bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
  };
  const place = document.querySelector(".place-of");
  let last = null;

  /* the provision that a point is about: the box stands below it, or by itself after it */
  const provision = stop => {
    const paragraph = stop.closest(".p");
    return paragraph.classList.contains("only") && paragraph.previousElementSibling || paragraph;
  };
  const top_of = stop => provision(stop).getBoundingClientRect().top;
  const tell = () => {
    if (!place || !last) return;
    const all = stops();
    const name = last.querySelector(".name a, a");
    place.textContent = `${name.textContent} (${all.indexOf(last) + 1}/${all.length}) · ${last.dataset.where}`;
  };

  const go = step => {
    const all = stops();
    const here = last && seen(last) && Math.abs(top_of(last)) < innerHeight;
    const line = edge() + 32;
    let next;
    if (here) next = all[all.indexOf(last) + step];
    else next = (step > 0 ? all : all.reverse()).find(stop => beyond(stop, line, step));
    if (!next) return;
    last = next;
    location.replace("#" + next.id);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    tell(); /* the bar may grow by it */
    scrollBy({ top: top_of(next) - edge() - 12, behavior: "instant" });
  };

  const shown = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !main.contains(target)) return;
    if (!seen(target) && redline) {
      redline.checked = true;
      target.scrollIntoView();
    }
    last = target.classList.contains("stop") ? target : last;
    tell();
  };

  /* the paragraph at the top stays at the top when the view changes */
  let top = null;
  const look = () => {
    for (const below of [16, 48, 96, 192]) {
      const found = document.elementFromPoint(innerWidth / 2, edge() + below);
      const paragraph = found && found.closest("main > .p");
      top = paragraph && { paragraph, at: paragraph.getBoundingClientRect().top };
      if (top) return;
    }
  };
  const keep = () => {
    const root = document.documentElement.style;
    root.overflowAnchor = "none"; /* the browser would move the page a second time */
    setTimeout(() => { root.overflowAnchor = ""; }, 200);
    let paragraph = top && top.paragraph;
    if (paragraph && !seen(paragraph) && top.at < 0) top.at = edge() + 16;
    while (paragraph && !seen(paragraph)) paragraph = paragraph.nextElementSibling;
    if (paragraph) scrollBy({ top: paragraph.getBoundingClientRect().top - top.at, behavior: "instant" });
  };

  if (steps) {
    steps.hidden = false;
    const [previous, next] = steps.querySelectorAll("button");
    previous.addEventListener("click", () => go(-1));
    next.addEventListener("click", () => go(1));
    document.addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || !keys.checked) return;
      if (event.key === "n" || event.key === "j") go(1);
      if (event.key === "p" || event.key === "k") go(-1);
    });
  }
  for (const before of ["pointerdown", "keydown"]) addEventListener(before, look, true);
  for (const input of document.querySelectorAll(".bar input")) input.addEventListener("change", keep);
  addEventListener("hashchange", shown);
  shown();
})();
