"""Judge a page in a real browser: is it quiet, light and still, does it fit, can everybody use it?

Each answer is a list of faults.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.visits import Scheme, Visit, visit
from tools.node_packages import AXE

WIDTHS = (1280, 320)
ALL_WIDTHS = (1280, 768, 360, 320)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

MAX_SHIFT = 0.005
# Bytes as they travel, by what they are: together, and each of them.
MAX_CODE, MAX_SCRIPT, MAX_FONTS, MAX_ALL = 60_000, 8_000, 110_000, 200_000

# The outermost elements that reach past the right edge, to name what is to be mended.
_TOO_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const wide = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5)
    .filter((element, _, all) => !all.includes(element.parentElement))
    .slice(0, 3)
    .map((element) => element.outerHTML.split(">")[0].slice(0, 120) + ">");
  return `${root.scrollWidth - root.clientWidth} px too wide: ${wide.join("  ")}`;
}"""

# What is laid out late, and what is folded, is judged too.
_SHOW_ALL = """(folds) => {
  document.documentElement.dataset.whole = "";
  for (const fold of document.querySelectorAll(folds)) fold.open = true;
}"""

# Every rule that axe holds for settled; the ones it calls experimental stay off.
_RUN_AXE = "() => axe.run(document, {resultTypes: ['violations']})"
# The same elements in other colours: only their contrast is another.
_RUN_AXE_ON_COLOURS = "() => axe.run(document, {runOnly: {type: 'rule', values: ['color-contrast']}})"


def page_faults(
    browser: Browser,
    url: str,
    *,
    widths: Sequence[int] = WIDTHS,
    schemes: Sequence[Scheme] = SCHEMES,
    soak: bool = False,
) -> list[str]:
    """Say all that is wrong with a page, in one visit: as it loads, and then on each width in each scheme.

    In the second scheme axe looks at the contrast of colours alone, since nothing else changes; with `soak`, at all,
    and with the tables of figures open too.
    The page's own content security policy holds, as it does for readers.
    """
    faults: dict[str, None] = {}
    with visit(browser, url, scheme=schemes[0]) as visited:
        faults |= dict.fromkeys([*_shift_faults(visited), *_weight_faults(visited)])
        visited.page.evaluate(_SHOW_ALL, "details" if soak else ".fold")
        _load_axe(visited.page)
        for scheme in schemes:
            visited.page.emulate_media(color_scheme=scheme)
            rules = _RUN_AXE if soak or scheme == schemes[0] else _RUN_AXE_ON_COLOURS
            for width in widths:
                sideways = _sideways_fault(visited.page, width)
                visited.settle()
                found = [*([sideways] if sideways else []), *_axe_violations(visited.page, rules)]
                faults |= dict.fromkeys(f"{scheme}, {fault}" for fault in found)
        return visited.faults + list(faults)


def target_faults(page: Page) -> list[str]:
    """Say which links and buttons of a page are too small or too near others, as it stands open."""
    _load_axe(page)
    return _axe_violations(page, _RUN_AXE_ON_COLOURS.replace("color-contrast", "target-size"))


def loading_faults(browser: Browser, url: str, scheme: Scheme) -> list[str]:
    """Say what a page complains about, whom else it asks, and whether it is too wide, too heavy or moves."""
    with visit(browser, url, scheme=scheme) as visited:
        found = [*_shift_faults(visited), *_weight_faults(visited)]
        visited.page.evaluate(_SHOW_ALL, "details")
        sideways = [fault for width in WIDTHS if (fault := _sideways_fault(visited.page, width))]
        visited.settle()
        return visited.faults + found + sideways


def axe_faults(browser: Browser, url: str, scheme: Scheme) -> list[str]:
    """Say what axe-core finds on a page, on a wide and on a small screen."""
    faults: dict[str, None] = {}
    with visit(browser, url, scheme=scheme) as visited:
        visited.page.evaluate(_SHOW_ALL, "details")
        _load_axe(visited.page)
        for width in WIDTHS:
            visited.page.set_viewport_size({"width": width, "height": 800})
            visited.settle()
            faults |= dict.fromkeys(_axe_violations(visited.page))
    return list(faults)


def open_page_faults(page: Page) -> list[str]:
    """Say what axe-core finds on a page as it stands open, in both schemes, on a wide and on a small screen."""
    _load_axe(page)
    faults: dict[str, None] = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            sideways = _sideways_fault(page, width)
            found = [*([sideways] if sideways else []), *_axe_violations(page)]
            faults |= dict.fromkeys(f"{scheme}, {fault}" for fault in found)
    return list(faults)


@cache
def _axe() -> str:
    return f"{AXE.read_text(encoding='utf-8')}; null"


def _load_axe(page: Page) -> None:
    # The debugger puts it in: the page's policy need not be loosened for it.
    page.evaluate(_axe())


def _axe_violations(page: Page, rules: str = _RUN_AXE) -> list[str]:
    return [_violation(found) for found in page.evaluate(rules)["violations"]]


def _shift_faults(visited: Visit) -> list[str]:
    shift = visited.page.evaluate("window.__shift")
    return [f"what was drawn moved by {shift:.4f}, more than {MAX_SHIFT}"] if shift > MAX_SHIFT else []


def _weight_faults(visited: Visit) -> list[str]:
    """Weigh what travelled, compressed as it was."""
    weights: dict[str, int] = {}
    for request in visited.finished:
        kind = request.resource_type
        weights[kind] = weights.get(kind, 0) + request.sizes()["responseBodySize"]
    code = sum(weights.get(kind, 0) for kind in ("document", "stylesheet", "script"))
    found = [
        ("HTML, CSS and JS", code, MAX_CODE),
        ("JS", weights.get("script", 0), MAX_SCRIPT),
        ("fonts", weights.get("font", 0), MAX_FONTS),
        ("the first load", sum(weights.values()), MAX_ALL),
    ]
    return [f"{name}: {weight} bytes, more than {most}" for name, weight, most in found if weight > most]


def _sideways_fault(page: Page, width: int) -> str | None:
    page.set_viewport_size({"width": width, "height": 800})
    fault = page.evaluate(_TOO_WIDE)
    return f"at {width} px: {fault}" if fault else None


def _violation(found: dict[str, Any]) -> str:
    places = "  ".join(str(node["html"])[:150] for node in found["nodes"][:3])
    return f"axe {found['id']} ({found['impact']}): {found['help']}, {len(found['nodes'])} times: {places}"
