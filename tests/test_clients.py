"""Three programs of others run on the public names alone: a service, a notebook, another tool."""

from __future__ import annotations

import ast
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import resamend
import resamend.types
from resamend import Language, Resolution
from tests.programs import module

HERE = Path(__file__).parent
CLIENTS = HERE / "clients"
NOTEBOOK = CLIENTS / "look_at_a_draft.ipynb"
TEXT = (
    "RESOLUTION 1\nMeetings\nresolves\n1\tto meet every year in Geneva;\n2\tto help the group;\n"
    "3\tto publish its report;"
)
STATES = [f"{first}{second}A" for first in "QRSX" for second in "ABCDEF"]
WISHES = ("twice a year", "each spring", "every year", "every month")


def sent(number: int, state: str) -> bytes:
    """Write what a state sends: some share their words."""
    wish = WISHES[number % len(WISHES)]
    text = TEXT.replace("every year", wish).replace("its report", f"the report of {state[1]}")
    return f"MOD\t{state}/{number + 1}/1\n{text}".encode()


# -- nothing but public names ---------------------------------------------------------------------


def sources() -> dict[str, str]:
    """Return the code of all clients."""
    programs = {path.name: path.read_text(encoding="utf-8") for path in CLIENTS.glob("*.py")}
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return {**programs, NOTEBOOK.name: "\n".join(code)}


def private_names(code: str) -> list[str]:
    """Return what a program uses of resamend beyond the public lists."""
    public = {"resamend": resamend.__all__, "resamend.types": resamend.types.__all__}
    names: list[str] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names if a.name.startswith("resamend.")]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("resamend"):
            home = public.get(node.module or "", [])
            names += [f"{node.module}.{a.name}" for a in node.names if a.name not in home]
        elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            names.append(node.attr)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "resamend":
            names += [node.attr] if node.attr not in resamend.__all__ else []
    return names


@pytest.mark.parametrize("name", sources())
def test_a_client_uses_public_names_alone(name: str) -> None:
    assert private_names(sources()[name]) == []


def test_what_is_private_is_seen() -> None:
    code = "import resamend.akn\nfrom resamend import words\nresamend.akn.read\nx._y"
    assert len(private_names(code)) == 4


# -- a web service --------------------------------------------------------------------------------


def served(folder: Path) -> Any:
    module("starlette")
    module("httpx2")
    from starlette.testclient import TestClient

    from tests.clients.web_service import service

    return TestClient(service(folder))


def test_a_web_service_takes_what_many_send_at_once(tmp_path: Path) -> None:
    drafts = []
    for threads in (8, 1):
        client = served(tmp_path / str(threads))
        (tmp_path / str(threads)).mkdir()
        assert client.put("/res-1", content=TEXT.encode()).status_code == 201

        def upload(number: int, client: Any = client) -> int:
            content = sent(number, STATES[number])
            path = f"/res-1/proposals?file={STATES[number]}.en.txt"
            return int(client.post(path, content=content).status_code)

        with ThreadPoolExecutor(threads) as pool:
            assert {*pool.map(upload, range(len(STATES)))} == {201}
        forms = ("html", "json", "csv", "docx")
        drafts.append([client.get(f"/res-1/draft.{form}?for=room").content for form in forms])
        dossier = resamend.open(tmp_path / str(threads) / "res-1")
        assert len(dossier.proposals) == len(STATES) == 24 and dossier.verify().holds
        drafts[-1].append(resamend.render(dossier.draft(), "xml"))
    # The numbers of points are the history of a dossier, and what is compared has none.
    assert drafts[0][-1] == drafts[1][-1]


def test_a_web_service_decides_and_refuses_by_code(tmp_path: Path) -> None:
    client = served(tmp_path)
    client.put("/res-1", content=TEXT.encode())
    for number, state in enumerate(STATES[:2]):
        client.post(f"/res-1/proposals?file={state}.en.txt", content=sent(number, state))
    points = client.get("/res-1/points").json()
    assert {point["place"] for point in points} == {"resolves 1", "resolves 3"}
    wish = {"act": "take", "names": [STATES[0]], "by": "Chair", "at": "2018-11-05"}
    made = client.post("/res-1/decisions", json={"point": points[0]["point"], **wish})
    assert made.status_code == 201 and made.json()[0]["decision"] == "take"
    assert len(client.get("/res-1/points").json()) == 1
    refusals = {
        client.get("/nowhere/points"): (404, "no-dossier"),
        client.get("/res-1/draft.tex"): (400, "unknown-form"),
        client.post("/res-1/decisions", json={"point": 99, **wish}): (404, "unknown-point"),
        client.post("/res-1/decisions", json={"point": 1, **wish, "act": "x"}): (
            400,
            "unknown-value",
        ),
        client.post("/res-1/proposals", content=b"\xff\xfe"): (422, "unreadable"),
        client.put("/res-1", content=TEXT.encode()): (422, "dossier-exists"),
    }
    for answer, (status, code) in refusals.items():
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert "--" not in answer.json()["advice"]


# -- a notebook -----------------------------------------------------------------------------------


def test_a_notebook_runs() -> None:
    module("nbclient")
    module("ipykernel")
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(HERE.parent)}}
    NotebookClient(notebook, timeout=300, resources=resources).execute()
    shown = [
        output["data"] for cell in notebook.cells if cell.cell_type == "code"
        for output in cell.outputs if output.output_type == "execute_result"
    ]  # fmt: skip
    assert "<iframe" in shown[0]["text/html"] and shown[0]["text/plain"].startswith("<Consolidated")
    assert "Point 1" in shown[1]["text/html"]
    assert "contested" in shown[2]["text/plain"]
    assert len(shown) == 6


# -- another tool ---------------------------------------------------------------------------------


def test_a_tool_that_only_compares() -> None:
    from tests.clients.comparing import changed_places, phrases

    assert phrases("to meet every year", "to meet twice a year") == [("every", "twice a")]
    revised = TEXT.replace("help", "assist")
    assert [*changed_places(TEXT.encode(), revised.encode())] == ["resolves 2"]


def test_a_tool_that_only_reads_word(tmp_path: Path) -> None:
    from tests.clients.reading_word import entries, headings, lost_words

    base = resamend.read(TEXT, Resolution, language=Language.EN)
    path = tmp_path / "base.docx"
    path.write_bytes(resamend.render(base, "docx"))
    (tmp_path / "broken.docx").write_bytes(b"PK\3\4")
    index = entries(tmp_path)
    assert ("resolves 2", "to help the group;") in index["base.docx"]
    assert index["broken.docx"][0][0] == "unreadable"
    assert lost_words(path) == 0 and headings(path) == ["resolves"]


def test_a_tool_that_only_decides() -> None:
    from tests.clients.deciding import Meeting

    base = resamend.read(TEXT, Resolution, language=Language.EN)
    received = [resamend.receive(sent(number, state)) for number, state in enumerate(STATES[:2])]
    draft = resamend.merge(base, [submission.proposal(base) for submission in received])
    meeting = Meeting()
    assert [place for place, _, _ in meeting.agenda(draft)] == ["resolves 1", "resolves 3"]
    meeting.take(draft, "resolves 1", STATES[1], by="Chair", at="2018-11-05")
    text = Meeting(meeting.lines).outcome(draft)
    assert "to meet each spring in Geneva;" in text and "[" in text
