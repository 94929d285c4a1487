"""Judge a page in a real browser: is it quiet, does it fit, can everybody use it? Each answer is a list of faults."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.visits import Scheme, visit
from tools.node_packages import AXE

WIDTHS = (1280, 320)

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

# Every rule that axe holds for settled; the ones it calls experimental stay off.
_RUN_AXE = "() => axe.run(document, {resultTypes: ['violations']})"


def loading_faults(browser: Browser, url: str, scheme: Scheme) -> list[str]:
    """Say what a page complains about and whom else it asks, and whether it scrolls sideways on a wide or small screen.

    The page's own content security policy holds, as it does for readers.
    """
    with visit(browser, url, scheme=scheme) as visited:
        sideways = [fault for width in WIDTHS if (fault := _sideways_fault(visited.page, width))]
        visited.settle()
        return visited.faults + sideways


def axe_faults(browser: Browser, url: str, scheme: Scheme) -> list[str]:
    """Say what axe-core finds on a page, on a wide and on a small screen."""
    faults: dict[str, None] = {}
    with visit(browser, url, scheme=scheme, bypass_csp=True) as visited:
        visited.page.add_script_tag(path=AXE)
        for width in WIDTHS:
            visited.page.set_viewport_size({"width": width, "height": 800})
            visited.settle()
            faults |= dict.fromkeys(map(_violation, visited.page.evaluate(_RUN_AXE)["violations"]))
    return list(faults)


def _sideways_fault(page: Page, width: int) -> str | None:
    page.set_viewport_size({"width": width, "height": 800})
    fault = page.evaluate(_TOO_WIDE)
    return f"at {width} px: {fault}" if fault else None


def _violation(found: dict[str, Any]) -> str:
    places = "  ".join(str(node["html"])[:150] for node in found["nodes"][:3])
    return f"axe {found['id']} ({found['impact']}): {found['help']}, {len(found['nodes'])} times: {places}"
