(() => {
  "use strict";
  let all = [...document.querySelectorAll(".slide")];
  const footer = document.querySelector(".keys");
  const says = document.querySelector(".says");
  const help = document.getElementById("help");
  const go = document.getElementById("go");
  if (!all.length) return;
  let here = null;
  let tried = [];

  const part = (selector, root = here) => [...root.querySelectorAll(selector)];
  const named = hash => all.find(slide => "#" + slide.id === decodeURIComponent(hash));

  /* one point at a time */
  const show = slide => {
    if (!slide) return;
    here = slide;
    for (const each of all) each.hidden = each !== slide;
    for (const link of document.querySelectorAll(".sq")) {
      const present = link.hash === "#" + slide.id;
      link.toggleAttribute("aria-current", present);
      if (present) {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }
    attempt([]);
    scrollTo(0, 0);
  };
  const open = slide => {
    if (!slide) return;
    history.replaceState(null, "", "#" + slide.id);
    show(slide);
    slide.focus({ preventScroll: true });
  };
  const step = by => {
    for (let at = all.indexOf(here) + by; at >= 0 && at < all.length; at += by) {
      if (all[at].dataset.status !== "recorded") return open(all[at]);
    }
    return undefined;
  };

  /* the sentence with an option in its place; several, where they can stand together */
  const attempt = keys => {
    const readings = part(".reading").filter(each => !each.classList.contains("together"));
    for (const old of part(".together")) old.remove();
    const first = readings.find(each => each.dataset.key === (keys[0] ?? ""));
    if (!first) return;
    tried = keys;
    for (const each of readings) each.hidden = each !== first || keys.length > 1;
    let line = first.dataset.says;
    if (keys.length > 1) {
      const whole = together(readings, keys);
      first.after(whole);
      line = keys.map(key => readings.find(each => each.dataset.key === key).dataset.says).join(" + ");
    }
    says.textContent = line;
    for (const card of part(".card")) {
      const pressed = keys.includes(card.dataset.key);
      card.classList.toggle("pressed", pressed);
      card.querySelector(".try").setAttribute("aria-pressed", pressed);
    }
  };
  const together = (readings, keys) => {
    const [first, ...rest] = keys.map(key => readings.find(each => each.dataset.key === key));
    const whole = first.cloneNode(true);
    whole.hidden = false;
    whole.classList.add("together");
    const words = [...whole.querySelectorAll("ins.tried")].at(-1);
    const lines = !words || words.parentElement.matches(".words") && words === words.parentElement.firstElementChild && words.parentElement.childNodes.length === 1;
    for (const other of rest.reverse()) {
      const more = lines ? [...other.children] : [...other.querySelectorAll("ins.tried")];
      for (const each of more.reverse()) {
        const copy = each.cloneNode(true);
        if (lines) whole.append(copy); else words.after(" ", copy);
      }
    }
    return whole;
  };
  const combine = key => {
    const cards = part(".cards[data-combined]");
    if (!cards.length || key === "0" || !part(`.card[data-key="${key}"]`).length) return;
    const others = tried.filter(each => each !== "0");
    attempt(others.includes(key) ? others.filter(each => each !== key) : [...others, key]);
  };

  const size = by => {
    const root = document.documentElement.style;
    const old = Number(root.getPropertyValue("--scale")) || 1;
    root.setProperty("--scale", String(Math.min(2.5, Math.max(.5, Math.round((old + by) * 10) / 10))));
  };
  const names = () => {
    document.body.dataset.names = String((Number(document.body.dataset.names) + 1) % 3);
    for (const each of document.querySelectorAll(".count")) each.hidden = document.body.dataset.names !== "1";
  };
  const toggle = (button, change) => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", pressed);
    change(pressed);
  };
  const acts = {
    n: () => step(1),
    p: () => step(-1),
    g: () => { go.showModal(); document.getElementById("go-to").value = ""; },
    m: names,
    "+": () => size(.1),
    "-": () => size(-.1),
    "?": () => { if (!help.open) help.showModal(); },
    escape: () => { if (help.open) help.close(); else attempt([]); },
    near: button => toggle(button, pressed => { for (const each of part(".near")) each.hidden = !pressed; }),
    hide: button => toggle(button, pressed => footer.classList.toggle("less", pressed)),
  };
  const act = (name, button) => {
    if (/^\d$/.test(name)) attempt(tried.length === 1 && tried[0] === name ? [] : [name]);
    else if (acts[name]) acts[name](button);
    else return false;
    return true;
  };

  /* A letter is what it writes where that is Latin, else where it stands on the keyboard. Digits
     go by their place: on a French keyboard they are written with Shift, on an Arabic one they
     are other signs. */
  const digit = event => (/^Digit(\d)$/.exec(event.code) || /^Numpad(\d)$/.exec(event.code) || [])[1];
  const sign = event => ({ "+": "+", "=": "+", "-": "-", "\u2212": "-", "?": "?", "\u061F": "?" })[event.key];
  const letter = event =>
    /^[a-z]$/i.test(event.key) ? event.key.toLowerCase()
      : /^[^\x00-\x7f]+$/.test(event.key) && /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";
  const moves = { PageDown: "n", PageUp: "p", Escape: "escape" };
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog:not(#help)")) return;
    if (go.open || help.open && event.key !== "Escape" && sign(event) !== "?") return;
    const key = digit(event);
    const there = key !== undefined && part(`.card[data-key="${key}"]`).length > 0;
    if (there && event.shiftKey && event.code.startsWith("Digit")) combine(key);
    else if (!act(there ? key : moves[event.key] || sign(event) || letter(event), null)) return;
    event.preventDefault();
  });
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-do], [data-add]");
    if (!button) return;
    if (button.dataset.add) combine(button.dataset.add);
    else act(button.dataset.do, button);
  });
  go.addEventListener("close", () => {
    const wanted = document.getElementById("go-to").value.trim();
    if (wanted) open(named("#point-" + wanted));
  });
  addEventListener("hashchange", () => show(named(location.hash)));

  const enable = () => {
    for (const each of document.querySelectorAll(".nearby, .add")) each.hidden = false;
    for (const each of document.querySelectorAll(".try")) each.disabled = false;
  };
  /* the room acts on what is shown here, and puts other points in their place */
  window.points = {
    here: () => here, tried: () => tried, attempt, letter,
    refresh: () => {
      all = [...document.querySelectorAll(".slide")];
      enable();
      const keys = tried;
      show(document.getElementById(here.id) || all[0]);
      if (keys.length) attempt(keys);
    },
  };
  document.body.classList.add("live");
  footer.hidden = false;
  enable();
  show(named(location.hash) || all.find(slide => slide.dataset.status === "open") || all[0]);
})();
