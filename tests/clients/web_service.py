"""A web service: dossiers in a folder, proposals sent by many at once, the draft in any form."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import resamend

MEDIA = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "xml": "application/xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
STATUS = {"no-dossier": 404, "unknown-point": 404, "unknown-source": 404, "busy": 503}


def service(folder: Path) -> Starlette:
    """Return the service over the dossiers in a folder."""

    def dossier(request: Request) -> resamend.Dossier:
        return resamend.open(folder / Path(request.path_params["name"]).name)

    async def make(request: Request) -> Response:
        base = await request.body()
        place = folder / Path(request.path_params["name"]).name
        made = await run_in_threadpool(resamend.new, place, base)
        return JSONResponse({"language": made.base.language, "title": repr(made.base)}, 201)

    async def add(request: Request) -> Response:
        content, name = await request.body(), request.query_params.get("file", "")
        held = dossier(request)
        notes = await run_in_threadpool(held.add, content, name=name)
        return JSONResponse({"notes": notes}, 201)

    def points(request: Request) -> Response:
        lines = dossier(request).redline()
        rows = [
            {
                "point": lines.numbers.get(point.id),
                "place": point.path,
                "options": [{"text": o.text, "by": lines.names(o.sources)} for o in point.options],
            }
            for point in lines.findings.outstanding
        ]
        return JSONResponse(rows)

    async def decide(request: Request) -> Response:
        asked = json.loads(await request.body())
        wish = resamend.DecisionRequest(
            act=asked["act"],  # a string stands for a value, or is refused
            names=tuple(asked.get("names", ())),
            by=asked["by"],
            at=asked["at"],
        )
        made = await run_in_threadpool(dossier(request).decide, asked["point"], wish)
        return JSONResponse([json.loads(resamend.render(r, "json")) for r in made.records], 201)

    def draft(request: Request) -> Response:
        form: str = request.path_params["form"]
        audience = request.query_params.get("for", "room")
        options = resamend.RenderOptions(audience=resamend.Audience(audience))
        content = resamend.render(dossier(request).redline(), form, options)
        return Response(content, media_type=MEDIA.get(form, "text/plain"))

    def refused(_request: Request, error: Exception) -> Response:
        assert isinstance(error, resamend.ResamendError)
        status = STATUS.get(error.code, 400 if isinstance(error, resamend.UsageError) else 422)
        told = {"code": error.code, "what": error.what, "advice": error.advice}
        return JSONResponse(told, status)

    return Starlette(
        routes=[
            Route("/{name}", make, methods=["PUT"]),
            Route("/{name}/proposals", add, methods=["POST"]),
            Route("/{name}/points", points),
            Route("/{name}/decisions", decide, methods=["POST"]),
            Route("/{name}/draft.{form}", draft),
        ],
        exception_handlers={resamend.ResamendError: refused},
    )
