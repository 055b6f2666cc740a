// The page: what was dropped goes to the worker, and what comes back is shown.
const at = (id) => document.getElementById(id);
const worker = new Worker("worker.mjs", { type: "module" });
const files = new Map(); // name → { content, base, source }
let ready = false;

const say = (text) => { at("status").textContent = text; };

worker.onmessage = ({ data }) => {
  if (data.kind === "ready") {
    ready = true;
    say(files.size ? "Ready." : "Ready. Drop the text in force and the proposals.");
    list();
  } else if (data.kind === "sample") {
    files.clear();
    for (const [name, content] of Object.entries(data.files)) take(name, content);
    make();
  } else if (data.kind === "draft") {
    at("go").disabled = false;
    at("notes").textContent = data.notes;
    at("notes").hidden = !data.notes;
    at("notes").classList.toggle("wrong", !data.page);
    at("save").hidden = at("draft").hidden = !data.page;
    say(data.page ? "The draft is below." : "No draft was made.");
    if (data.page) {
      const url = URL.createObjectURL(new Blob([data.page], { type: "text/html" }));
      at("page").href = at("draft").src = url;
    }
  } else {
    say(`The program could not be loaded: ${data.message}`);
    at("status").classList.add("wrong");
  }
};
worker.onerror = (event) => say(`The program could not be loaded: ${event.message ?? ""}`);

function take(name, content) {
  const stem = name.replace(/\.[^.]+$/, "").replace(/\.[a-z]{2}$/, "");
  const first = new TextDecoder().decode(content.slice(0, 200)).split("\n")[0].split("\t");
  const symbol = first.length === 2 && /^[A-Z]{3}$/.test(first[0]) ? first[1].trim() : "";
  const base = /^base\b/i.test(stem) || (!files.size && !symbol);
  const code = /^[A-Z]{2,3}(-[A-Za-z0-9]+)*$/.test(stem) ? stem.replaceAll("-", "/") : "";
  if (base) for (const other of files.values()) other.base = false;
  files.set(name, { content, base, source: symbol || code });
  list();
}

function list() {
  const body = at("list").tBodies[0];
  body.replaceChildren(...[...files].map(([name, file]) => {
    const row = document.createElement("tr");
    row.insertCell().textContent = name;
    const base = Object.assign(document.createElement("input"), {
      type: "radio", name: "base", checked: file.base, ariaLabel: `${name} is the text in force`,
      onchange: () => { for (const other of files.values()) other.base = other === file; list(); },
    });
    row.insertCell().append(base);
    const source = Object.assign(document.createElement("input"), {
      type: "text", value: file.source, placeholder: "RUS/62/1", hidden: file.base,
      ariaLabel: `whose proposal ${name} is`,
      oninput: () => { file.source = source.value.trim(); },
    });
    row.insertCell().append(source);
    const away = Object.assign(document.createElement("button"), {
      type: "button", textContent: "remove", ariaLabel: `remove ${name}`,
      onclick: () => { files.delete(name); list(); },
    });
    row.insertCell().append(away);
    return row;
  }));
  at("list").hidden = !files.size;
  at("acts").hidden = files.size < 2;
  at("go").disabled = !ready;
}

function make() {
  at("go").disabled = true;
  say("The draft is being made …");
  worker.postMessage({
    kind: "draft",
    lang: at("lang").value,
    files: [...files].map(([name, file]) => ({ name, ...file })),
  });
}

async function receive(dropped) {
  for (const file of dropped) take(file.name, new Uint8Array(await file.arrayBuffer()));
}

at("go").onclick = make;
at("sample").onclick = () => { say("The sample is being loaded …"); worker.postMessage({ kind: "sample" }); };
at("files").onchange = () => receive(at("files").files);
for (const name of ["dragover", "dragleave", "drop"]) {
  at("drop").addEventListener(name, (event) => {
    event.preventDefault();
    at("drop").classList.toggle("over", name === "dragover");
    if (name === "drop") receive(event.dataTransfer.files);
  });
}
