"""Write problems as HTML: as a list for the overlay, and as the page that stands in for a site not built yet."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable

from explainer.problems import Place, Problem
from explainer.serving.live_site import State

LinkTo = Callable[[Place], str | None]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; base-uri 'none'; object-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The site cannot be built yet</title>
<link rel="stylesheet" href="{style}">
</head>
<body class="problem-page">
<main>
<h1>The site cannot be built yet</h1>
<p>It appears here by itself when everything is mended.</p>
<h2>{words}</h2>
{problems}
</main>
</body>
</html>
"""


def no_links(_place: Place) -> None:
    """Return no link: for a browser on another machine, which must not be told where the project lies."""


def problem_list(problems: Iterable[Problem], link_to: LinkTo = no_links) -> str:
    """Return an ordered list: of each problem its place, its sentence, the line it stands on, and the fix."""
    items = "\n".join(_item(problem, link_to) for problem in _errors_first(problems))
    return f'<ol class="problems" role="list">\n{items}\n</ol>' if items else ""


def problem_page(state: State, style: str, link_to: LinkTo = no_links) -> bytes:
    """Return a page in UTF-8 that shows why there is no site; `style` is the address of the overlay's style sheet."""
    page = _PAGE.format(
        style=html.escape(style), words=html.escape(state.words), problems=problem_list(state.problems, link_to)
    )
    return page.encode("utf-8", "backslashreplace")


def _errors_first(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.severity != "error", problem.sort_key))


def _item(problem: Problem, link_to: LinkTo) -> str:
    address = link_to(problem.place)
    place = html.escape(str(problem.place))
    if address is not None:
        place = f'<a href="{html.escape(address)}">{place}</a>'
    return "\n".join(
        [
            f'<li class="{problem.severity}">',
            f"<h3><b>{problem.severity} {html.escape(problem.code)}:</b> {html.escape(problem.message)}</h3>",
            f'<p class="place">{place}</p>',
            *_excerpt(problem),
            f'<p class="fix"><b>Fix:</b> {html.escape(problem.fix)}</p>',
            "</li>",
        ]
    )


def _excerpt(problem: Problem) -> list[str]:
    lines = problem.excerpt_lines()
    if not lines:
        return []
    # Long lines scroll, so the keyboard must get there; the caret says nothing to who hears it.
    label = f"Line {problem.place.line}, column {problem.place.column}"
    text, carets = html.escape(lines[0]), lines[1].lstrip("\t |")
    blank = lines[1].removesuffix(carets)
    return [
        f'<pre tabindex="0" role="group" aria-label="{label}"><code>{text}\n'
        f'<span class="caret" aria-hidden="true">{blank}<b>{carets}</b></span></code></pre>'
    ]
