"""The addresses of the desk: what goes in, and what comes out."""

from __future__ import annotations

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from resamend.errors import ResamendError, UsageError
from resamend.model import Language
from resamend.page.options import Names, RenderOptions
from resamend.page.points import point_show
from resamend.page.vocabulary import phrases
from resamend.renderers import sheets
from resamend.room.access import RoomRole
from resamend.room.app_parts import Door, language_of
from resamend.room.desk import Desk, LookedAt, info_of, propose_words
from resamend.room.hall import Change
from resamend.room.products import PRODUCTS, media_type, product_of, text_of

_FILES = 60
"""Files that are dropped at once at most."""


class DeskRoutes:
    """Answer requests of the desk."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.hall = door.hall
        self.desk = Desk(door.hall)

    def routes(self) -> list[Route]:
        """Return the addresses."""
        return [
            Route("/", self.page),
            Route("/desk/drop", self.drop, methods=["POST"]),
            Route("/desk/look", self.look, methods=["POST"]),
            Route("/desk/add", self.add, methods=["POST"]),
            Route("/desk/new", self.new, methods=["POST"]),
            Route("/desk/confirm", self.confirm, methods=["POST"]),
            Route("/propose", self.propose, methods=["POST"]),
            Route("/files/{dossier}/{name}", self.product),
            Route("/texts/{dossier}/{source:path}", self.text),
        ]

    async def page(self, request: Request) -> Response:
        """Show the dossiers, what can be dropped and what can be taken away."""
        self.door.allowed(request, RoomRole.DESK)
        text = await run_in_threadpool(self._page, language_of(request))
        return HTMLResponse(text)

    def _page(self, ui: Language | None) -> str:
        say = phrases(ui or Language.EN)
        dossiers = [self._dossier(name, ui) for name in self.hall.folders]
        return sheets.filled(
            "",
            "desk.html.j2",
            say=say,
            dossiers=dossiers,
            products=[(name, say(phrase)) for name, phrase in PRODUCTS.items()],
            token=self.door.keys.form_token(RoomRole.DESK),
            new=self.hall.home is not None,
        )

    def _dossier(self, name: str, ui: Language | None) -> dict[str, object]:
        """Return what the page says of a dossier; of one that is damaged, what is wrong."""
        try:
            state = self.hall.state(name)
        except ResamendError as error:
            return {"name": name, "fault": str(error)}
        show = point_show(state.redline, RenderOptions(names=Names.NAMES, ui=ui), ())
        return {
            "name": name,
            "fault": "",
            "title": " · ".join(filter(None, show.title)),
            "progress": show.progress,
            "language": state.dossier.language,
            "sources": [(p.id, p.revision) for p in state.dossier.proposals],
        }

    # -- in ---------------------------------------------------------------------------------------

    async def drop(self, request: Request) -> Response:
        """Look at files that were dropped."""
        form = await self.door.form(request, RoomRole.DESK, files=_FILES)
        looked = await run_in_threadpool(
            self.desk.drop, form.values.get("dossier", ""), list(form.uploads)
        )
        return self._answers(looked, language_of(request))

    async def look(self, request: Request) -> Response:
        """Look at a file again, with what was said of it."""
        form = await self.door.form(request, RoomRole.DESK)
        info = info_of(form.values)
        looked = await run_in_threadpool(self.desk.look, form.values.get("file", ""), info)
        return self._answers([looked], language_of(request))

    async def add(self, request: Request) -> Response:
        """Add a file that was looked at."""
        form = await self.door.form(request, RoomRole.DESK)
        info = info_of(form.values)
        added = await run_in_threadpool(self.desk.add, form.values.get("file", ""), info)
        self.hall.tell(Change(dossier=True))
        return self._answers([added], language_of(request))

    async def new(self, request: Request) -> Response:
        """Make a dossier of texts in force."""
        form = await self.door.form(request, RoomRole.DESK, files=6)
        name = form.values.get("name", "").strip()
        notes = await run_in_threadpool(self.desk.found, name, list(form.uploads))
        return Response("\n".join(notes), headers={"hx-refresh": "true"}, media_type="text/plain")

    async def confirm(self, request: Request) -> Response:
        """Say that a state has confirmed the words that were typed for it."""
        await self.door.form(request, RoomRole.DESK, RoomRole.CHAIR)
        if self.hall.sent is not None:
            self.hall.send(replace(self.hall.sent, confirmed=True))
            self.hall.tell(Change(dossier=False))
        return Response(status_code=204)

    async def propose(self, request: Request) -> Response:
        """Add words from the floor as a proposal of the state that spoke them."""
        form = await self.door.form(request, RoomRole.CHAIR)
        values = form.values
        if not values.get("text", "").strip() or not values.get("speaker", "").strip():
            raise UsageError("a proposal has words, and a proponent")
        notes = await run_in_threadpool(
            propose_words, self.hall, values.get("dossier", ""), values.get("point", ""),
            values["text"], values["speaker"],
        )  # fmt: skip
        self.hall.tell(Change(dossier=True))
        return Response("\n".join(notes), media_type="text/plain")

    def _answers(self, looked: list[LookedAt], ui: Language | None) -> Response:
        say = phrases(ui or Language.EN)
        values: dict[str, object] = {"say": say}
        text = sheets.macro("", "deskpart.html.j2", "answers", values, looked=looked)
        return HTMLResponse(text)

    # -- out --------------------------------------------------------------------------------------

    async def product(self, request: Request) -> Response:
        """Give out a file of a dossier."""
        self.door.allowed(request, RoomRole.DESK, RoomRole.CHAIR)
        dossier, name = request.path_params["dossier"], request.path_params["name"]
        content = await run_in_threadpool(product_of, self.hall, dossier, name)
        return _download(content, f"{dossier}-{name}", media_type(name))

    async def text(self, request: Request) -> Response:
        """Give out a state's text in Word."""
        self.door.allowed(request, RoomRole.DESK, RoomRole.CHAIR)
        dossier, source = request.path_params["dossier"], request.path_params["source"]
        content = await run_in_threadpool(text_of, self.hall, dossier, source)
        return _download(content, f"{dossier}-{source}.docx", media_type(".docx"))


def _download(content: str | bytes, name: str, media: str) -> Response:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    disposition = f'attachment; filename="{plain}"'
    return Response(content, media_type=media, headers={"content-disposition": disposition})
