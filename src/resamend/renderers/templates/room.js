(() => {
  "use strict";
  const { points } = window;
  if (!points) return;
  const ask = document.getElementById("ask");
  const type = document.getElementById("type");
  const form = document.getElementById("act");
  const terms = document.getElementById("terms");
  const floor = document.getElementById("floor");
  const says = document.querySelector(".says");
  const room = document.body.dataset;
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));

  const post = (path, values) => fetch(path, {
    method: "POST", headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ dossier: room.dossier, ui: room.ui, ...values }),
  }).then(async answer => { if (!answer.ok) fault(await answer.text()); return answer; });
  const fault = text => {
    says.textContent = text;
    says.classList.add("fault");
  };
  const visible = () => points.here().querySelector(".reading:not([hidden])");

  /* Enter asks, Enter records: never one key */
  const question = (act, names, text, told) => {
    if (!form || !terms.reportValidity()) return;
    says.classList.remove("fault");
    const { here } = points;
    for (const [name, value] of Object.entries({ point: here().dataset.id, act, names, text })) {
      form.elements[name].value = value;
    }
    form.setAttribute("hx-target", "#" + here().id);
    form.querySelector(".asked").textContent = told;
    const quote = form.querySelector("blockquote");
    quote.replaceChildren(...[...visible().children].map(each => each.cloneNode(true)));
    ask.showModal();
    form.querySelector(".yes").focus();
  };
  const record = () => {
    const keys = points.tried();
    if (!keys.length) return fault(form.dataset.first);
    const card = points.here().querySelector(`.card[data-key="${keys[0]}"]`);
    const names = card.dataset.act === "take" ? keys.join(",") : "";
    return question(card.dataset.act, names, "", keys.map(key => `${key}`).join(" + "));
  };
  const send = (text = "", speaker = "") => post("/send", {
    point: points.here().dataset.id, names: points.tried().join(","), text, speaker,
  });

  /* words from the floor are seen in the sentence while they are typed */
  let kept = null;
  const preview = () => {
    const reading = points.here().querySelector('.reading[data-key=""]');
    kept ??= { reading, html: [...reading.childNodes].map(each => each.cloneNode(true)) };
    reading.replaceChildren(...kept.html.map(each => each.cloneNode(true)));
    const place = reading.querySelector(".at.here");
    const words = document.createElement("ins");
    words.className = "tried";
    words.textContent = floor.elements.text.value;
    if (place) place.replaceWith(words); else reading.append(words);
  };
  const restore = () => {
    if (kept) kept.reading.replaceChildren(...kept.html);
    kept = null;
  };
  const speak = () => {
    points.attempt([]);
    floor.elements.text.value = "";
    type.show();
    floor.elements.text.focus();
    preview();
  };
  const acts = {
    record,
    send: () => send(),
    clear: () => post("/send", {}),
    type: speak,
    bracket: () => question("bracket", "", "", ""),
    defer: () => question("defer", "", "", ""),
    undo: () => question("undo", "", "", ""),
    no: () => ask.close(),
    own: () => { question("text", "", floor.elements.text.value, ""); type.close(); },
    propose: () => post("/propose", {
      point: points.here().dataset.id, text: floor.elements.text.value, speaker: floor.elements.speaker.value,
    }).then(answer => { if (answer.ok) type.close(); }),
    "send-typed": () => send(floor.elements.text.value, floor.elements.speaker.value),
  };
  const keys = { b: "bracket", d: "defer", t: "type", u: "undo" };
  const fields = { r: "reserve", c: "condition" };

  if (form) {
    floor.elements.text.addEventListener("input", preview);
    type.addEventListener("close", restore);
    addEventListener("keydown", event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
      const letter = points.letter(event);
      if (event.key === "Enter" && !event.target.closest("button, a")) record();
      else if (event.key === " " && !event.target.closest("button, a")) send();
      else if (keys[letter]) acts[keys[letter]]();
      else if (fields[letter]) terms.elements[fields[letter]].focus();
      else return;
      event.preventDefault();
    });
    document.addEventListener("click", event => {
      const button = event.target.closest("[data-room]");
      if (button) acts[button.dataset.room]();
    });
    document.querySelector('[data-do="m"]')?.addEventListener("click", () => shown());
    addEventListener("keydown", event => { if (points.letter(event) === "m" && !event.target.closest("input, textarea, select, dialog")) shown(); });
    /* closed at once: the answer may come when something else is asked already */
    document.addEventListener("htmx:beforeRequest", event => {
      if (event.detail.elt === form) ask.close();
    });
    document.addEventListener("htmx:afterRequest", event => {
      if (event.detail.elt !== form) return;
      if (!event.detail.successful) fault(event.detail.xhr.responseText);
    });
    terms.addEventListener("submit", event => event.preventDefault());
    /* who decides, at which level, in which meeting is kept until somebody changes it */
    const kept_terms = JSON.parse(sessionStorage.getItem("terms") || "{}");
    for (const [name, value] of Object.entries(kept_terms)) {
      if (terms.elements[name]) terms.elements[name].value = value;
    }
    terms.addEventListener("input", () => {
      sessionStorage.setItem("terms", JSON.stringify(Object.fromEntries(new FormData(terms))));
    });
  }
  const shown = () => setTimeout(() => post("/names", { names: document.body.dataset.names === "0" ? "names" : "none" }), 0);
  document.addEventListener("htmx:afterSettle", () => points.refresh());
})();
