"""What every page shows around its own content: name, navigation, trail, licence, assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from explainer.addresses import FEED, HOME, NOT_FOUND, SEARCH
from explainer.answers import Answers, Asker
from explainer.content import Document
from explainer.page import Page, relative_link
from explainer.plan.linked_data import Thing, breadcrumbs, graph
from explainer.plan.sharing import card_view, sharing_view
from explainer.site import Site

EXAMPLE_HOST = "https://example.org/"


class Frame(Struct, frozen=True):
    """What the pages of one build share. `assets` maps the name of an asset to its address.

    Each group of pages, and each document's page, has a frame of its own: `asker` notes what is asked by way of it.
    """

    site: Site
    base_url: str
    assets: Mapping[str, str]
    is_preview: bool = False
    has_feed: bool = False
    has_cards: bool = False
    asker: Asker = field(default_factory=lambda: Asker(Answers()))

    @classmethod
    def of(cls, asker: Asker) -> Frame:
        """Return the frame for somebody who asks."""
        names = ("base_url", "is_preview", "has_feed", "has_cards")
        frame = {name: asker.ask("frame", name) for name in names}
        return cls(asker.site(), assets=asker.mapping("assets"), asker=asker, **frame)

    @property
    def shown_articles(self) -> list[Document]:
        """The articles that this run shows: by their `order`, then newest first."""
        found: list[Document] = self.asker.ask("shown articles")
        return found

    @property
    def shown_pages(self) -> list[Document]:
        """The site's own pages that this run shows, in order of their names."""
        found: list[Document] = self.asker.ask("shown pages")
        return found

    @property
    def base_path(self) -> str:
        """The path of the site on its server, with a slash at both ends: what 404.html needs."""
        return path_of(self.base_url)

    def absolute(self, address: str) -> str:
        """Return the whole web address of a page; an example host stands in while the site has none of its own."""
        return (self.base_url or EXAMPLE_HOST).rstrip("/") + address

    def locator(self, origin: str) -> Callable[[str], str]:
        """Return what writes an address where the page at `origin` is read away from the site: in data and JSON-LD.

        It gives whole web addresses, and relative ones while the site has no address of its own.
        """
        return self.absolute if self.base_url else lambda address: relative_link(origin, address)

    def page(
        self,
        address: str,
        template: str,
        source: str,
        *,
        title: str,
        description: str,
        trail: Sequence[tuple[str, str]] = (),
        notice: Mapping[str, str] | None = None,
        linked_data: Sequence[Thing] = (),
        feed: str | None = None,
        kind: str = "website",
        card: Mapping[str, str | None] | None = None,
        **content: Any,
    ) -> Page:
        """Return a page whose view is the frame and the page's own content.

        `trail` lists the pages above it, from the top: address and name of each. `linked_data` says in the words of
        schema.org what the page is about; `feed` is the address of the page's own feed. `kind` is what
        Open Graph calls the page; `card` may hold the `names` and the `hue` of the picture it is shared with. `notice`
        says of a page in a preview why readers do not see it yet.
        """
        way = [breadcrumbs(trail, address, title, self.locator(address))] if trail else []
        settings = self.site.settings
        heading = title if address == HOME else f"{title} · {settings.title}"
        view = {
            "site": {
                "title": settings.title,
                "language": settings.language,
                "licence": {"name": settings.licence.name, "url": settings.licence.url},
                "navigation": [
                    {"title": item.title, "address": item.page, "is_here": _is_below(address, item.page)}
                    for item in settings.navigation
                ],
                "assets": dict(self.assets),
                "footer": [{"title": item.title, "address": item.page} for item in settings.footer],
                "search": SEARCH,
                "feed": FEED if self.has_feed else None,
                "repository": settings.repository.rstrip("/") or None,
                "is_preview": self.is_preview,
            },
            "page": {
                "title": title,
                "heading": heading,
                "description": description,
                "address": address,
                "canonical": self.absolute(address) if self.base_url else None,
                "trail": [{"address": where, "title": name} for where, name in trail],
                "source": source,
                "notice": dict(notice) if notice else None,
                "linked_data": graph([*linked_data, *way]),
                "feed": feed,
            },
            "sharing": None,
            **content,
        }
        if self.base_url and address != NOT_FOUND:
            view["sharing"] = sharing_view(settings, kind=kind)
            if self.has_cards:
                words = {
                    "kicker": trail[-1][1] if len(trail) > 1 else "",
                    "title": title,
                    "names": "",
                    "note": description,
                    "site": settings.title,
                    "hue": None,
                }
                picture = card_view(address, words | dict(card or {}), self.assets)
                view["sharing"]["card"] = picture | {"url": self.absolute(picture["address"])}
        if address == NOT_FOUND:
            # A server shows this page at any address, so its links cannot be relative.
            view["link_base"] = self.base_path
        return Page(address, template, view, source, title)


def path_of(base_url: str) -> str:
    """Return the path of a site on its server, with a slash at both ends."""
    from urllib.parse import urlsplit

    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")


def _is_below(address: str, above: str) -> bool:
    """Whether a page is one that the navigation names, or lies below it. Below the home page lies nothing else."""
    return address == above or (above != HOME and address.startswith(above))
