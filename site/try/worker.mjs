// Python in a worker: the same command that a shell would run, on files that lie in memory only.
import { loadPyodide } from "./pyodide/pyodide.mjs";

let python;

async function start() {
  python = await loadPyodide({ indexURL: "./pyodide/" });
  const response = await fetch("site.zip");
  if (!response.ok) throw new Error(`site.zip: ${response.status}`);
  python.unpackArchive(await response.arrayBuffer(), "zip", { extractDir: "/site" });
  python.runPython(`
import sys
sys.path.insert(0, "/site")
import trial
`);
}

const ready = start().then(
  () => postMessage({ kind: "ready" }),
  (error) => postMessage({ kind: "failed", message: String(error.message ?? error) }),
);

onmessage = async ({ data }) => {
  await ready;
  const trial = python.pyimport("trial");
  if (data.kind === "sample") {
    const files = trial.sample().toJs({ dict_converter: Object.fromEntries });
    postMessage({ kind: "sample", files });
  } else {
    const [page, notes] = trial.consolidate(python.toPy(data.files), data.lang).toJs();
    postMessage({ kind: "draft", page, notes });
  }
};
