"""Ask LibreOffice and ONLYOFFICE to read and edit documents: they share nothing with us."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from xml.sax.saxutils import escape

from msgspec import Struct

from resamend.odf import is_odt
from tests.programs import module, program

_PATIENCE = 60  # seconds


class Wish(StrEnum):
    """Say what LibreOffice is to do with a document before its words are read off."""

    ACCEPT = "AcceptAllTrackedChanges"
    REJECT = "RejectAllTrackedChanges"
    PRINT = "ExportToPDF"


_MACRO = """
Sub Resolve(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  text = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  Dim saved(1) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName"
  If command = "ExportToPDF" Then
    saved(0).Value = "writer_pdf_Export"
  Else
    dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(text.CurrentController.Frame, ".uno:" + command, "", 0, Array())
    saved(0).Value = "Text (encoded)"
    saved(1).Name = "FilterOptions" : saved(1).Value = "UTF8,LF"
  End If
  text.storeToURL(ConvertToURL(target), saved())
  text.close(True)
End Sub
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"
><library:element library:name="Module1"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>"""


class Edit(Struct, frozen=True):
    """Say what a person does in LibreOffice: at which words, and what.

    ``after`` types words behind them, ``enter`` a paragraph behind theirs; ``settle`` accepts or
    rejects the changes in their paragraph.
    """

    at: str
    after: str = ""
    enter: str = ""
    settle: str = ""


_EDITING = """
Sub Edit(source As String, target As String, wishes)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  text = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  text.RecordChanges = True
  dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
  For Each wish In wishes
    search = text.createSearchDescriptor()
    search.SearchString = wish(0)
    found = text.findFirst(search)
    here = found.Text.createTextCursorByRange(found.End)
    If wish(1) <> "" Then here.Text.insertString(here, wish(1), False)
    If wish(2) <> "" Then
      here.gotoEndOfParagraph(False)
      here.Text.insertControlCharacter(here, 0, False)  ' a new paragraph
      here.Text.insertString(here, wish(2), False)
    End If
    If wish(3) <> "" Then
      here.gotoStartOfParagraph(False)
      here.gotoEndOfParagraph(True)
      text.CurrentController.select(here)
      dispatcher.executeDispatch(text.CurrentController.Frame, ".uno:" + wish(3), "", 0, Array())
    End If
  Next
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName" : saved(0).Value = "FILTER"
  text.storeToURL(ConvertToURL(target), saved())
  text.close(True)
End Sub
"""


_FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8"}


def ending(data: bytes) -> str:
    """Return the ending of a document: Word's, or OpenDocument's."""
    return ".odt" if is_odt(data) else ".docx"


def edited(folder: Path, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a document as LibreOffice saves it once a person has edited it, with tracking."""
    own = ending(data)
    source, target = folder / f"before{own}", folder / f"after{own}"
    source.write_bytes(data)
    steps = ", ".join(
        "Array({})".format(", ".join(f'"{part}"' for part in (e.at, e.after, e.enter, e.settle)))
        for e in edits
    )
    macro = _EDITING.replace("FILTER", _FILTERS[own])
    _perform(folder, macro, [f'Edit("{source}", "{target}", Array({steps}))'])
    return target.read_bytes()


def saved_as_odt(folder: Path, documents: Sequence[bytes]) -> list[bytes]:
    """Return documents as LibreOffice saves them in OpenDocument."""
    sources = [folder / f"{n}{ending(data)}" for n, data in enumerate(documents)]
    for source, data in zip(sources, documents, strict=True):
        source.write_bytes(data)
    _run(folder, "--convert-to", "odt", "--outdir", str(folder / "saved"), *map(str, sources))
    return [(folder / "saved" / f"{source.stem}.odt").read_bytes() for source in sources]


_BUILDING = """
import sys, docbuilder
source, target, script = sys.argv[1:]
builder = docbuilder.CDocBuilder()
builder.OpenFile(source, "")
assert builder.ExecuteCommand(script)
builder.SaveFile("docx", target)
builder.CloseFile()
"""
_SCRIPT = """
var text = Api.GetDocument();
text.SetTrackRevisions(true);
%s.forEach(function (edit) {
  var here = text.Search(edit[0], true)[0];
  if (edit[1]) here.AddText(edit[1], "after");
  if (edit[2]) here.GetParagraph(0).InsertParagraph(edit[2], "after", true);
});
"""
_WATERMARK = re.compile("<mc:AlternateContent>.*?</mc:AlternateContent>", re.DOTALL)


def edited_in_onlyoffice(folder: Path, data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return a document as ONLYOFFICE saves it, in the same way; it cannot settle changes.

    A builder that is not registered prints that on each page, which its editors do not: the header
    is given back without.
    """
    module("docbuilder")
    source, built, target = (folder / f"{name}.docx" for name in ("before", "built", "after"))
    source.write_bytes(data)
    script = _SCRIPT % json.dumps([(edit.at, edit.after, edit.enter) for edit in edits])
    command = [sys.executable, "-c", _BUILDING, source, built, script]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_PATIENCE)
    with zipfile.ZipFile(built) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if "header" in part and part.endswith(".xml"):
                text = _WATERMARK.sub("", text.decode()).encode()
            new.writestr(part, text)
    return target.read_bytes()


def asked(folder: Path, wishes: Sequence[tuple[bytes, Wish]]) -> list[list[str]]:
    """Return the lines of each document once all its changes are accepted, rejected, or as printed.

    The documents are opened one after another by one LibreOffice, in a profile of its own: starting
    it takes longer than all else. Blank lines are left out; the mark of a footnote is its number.
    """
    calls = []
    for n, (data, wish) in enumerate(wishes):
        (folder / f"{n}{ending(data)}").write_bytes(data)
        target = folder / f"{n}.{'pdf' if wish is Wish.PRINT else 'txt'}"
        calls.append(f'Resolve("{folder / f"{n}{ending(data)}"}", "{target}", "{wish}")')
    _perform(folder, _MACRO, calls)
    for pdf in folder.glob("*.pdf"):
        subprocess.run([program("pdftotext"), "-layout", pdf], check=True, timeout=60)
    texts = [(folder / f"{n}.txt").read_text(encoding="utf-8-sig") for n in range(len(wishes))]
    return [[line for line in text.split("\n") if line.strip()] for text in texts]


def _perform(folder: Path, macro: str, calls: Sequence[str]) -> None:
    """Run a macro in a LibreOffice with a profile of its own."""
    _run(folder, "--terminate_after_init")  # it makes the profile, and writes over what is there
    basic = folder / "profile" / "user" / "basic" / "Standard"
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    whole = "\n".join([macro, "Sub All", *calls, "End Sub"])
    (basic / "Module1.xba").write_text(_MODULE.format(escape(whole)), encoding="utf-8")
    _run(folder, "macro:///Standard.Module1.All")


def _run(folder: Path, *arguments: str) -> None:
    office = program("soffice", "libreoffice")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [office, profile, "--headless", "--norestore", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_PATIENCE)
