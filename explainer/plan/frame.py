"""What every page shows around its own content: name, navigation, trail, licence, assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from explainer.addresses import HOME, NOT_FOUND
from explainer.answers import Answers, Asker
from explainer.content import Document
from explainer.page import Page, relative_link
from explainer.plan.linked_data import Thing, breadcrumbs, graph
from explainer.plan.sharing import card_view, sharing_view
from explainer.plan.surroundings import NAVIGATION, SURROUNDINGS, mark_of
from explainer.site import Site

EXAMPLE_HOST = "https://example.org/"


class Frame(Struct, frozen=True):
    """What the pages of one build share. `assets` maps the name of an asset to its address.

    Each group of pages, and each document's page, has a frame of its own: `asker` notes what is asked by way of it.
    """

    site: Site
    base_url: str
    assets: Mapping[str, str]
    has_feed: bool = False
    has_cards: bool = False
    asker: Asker = field(default_factory=lambda: Asker(Answers()))

    @classmethod
    def of(cls, asker: Asker) -> Frame:
        """Return the frame for somebody who asks."""
        base_url, has_feed, has_cards = asker.ask("frame", "of all")
        return cls(asker.site(), base_url, asker.mapping("assets"), has_feed, has_cards, asker)

    @property
    def shown_articles(self) -> list[Document]:
        """The articles that this run shows: by their `order`, then newest first. Their ids alone cost less."""
        found: list[Document] = self.asker.ask("shown articles")
        return found

    def articles_about(self, *subject: str) -> tuple[str, ...]:
        """Return the ids of the articles that this run shows: by their `order`, then newest first.

        With a subject, a kind (`country`, `topic`) and an id, of those alone that name it in their front matter.
        """
        found: tuple[str, ...] = self.asker.ask("articles about", *subject)
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
        known: Mapping[str, bytes] | None = None,
        **content: Any,
    ) -> Page:
        """Return a page whose view is the frame and the page's own content.

        `trail` lists the pages above it, from the top: address and name of each. `linked_data` says in the words of
        schema.org what the page is about; `feed` is the address of the page's own feed. `kind` is what
        Open Graph calls the page; `card` may hold the `names` and the `hue` of the picture it is shared with. `notice`
        says of a page in a preview why readers do not see it yet. `known` are digests of parts of the content, as
        `Page` has them.
        """
        way = [breadcrumbs(trail, address, title, self.locator(address))] if trail else []
        settings, asker = self.site.settings, self.asker
        mark = mark_of(address, asker.ask(NAVIGATION))
        heading = title if address == HOME else f"{title} · {settings.title}"
        view = {
            "site": asker.ask(SURROUNDINGS, mark),
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
        return Page(address, template, view, source, title, {"site": asker.digest(SURROUNDINGS, mark), **(known or {})})


def path_of(base_url: str) -> str:
    """Return the path of a site on its server, with a slash at both ends."""
    from urllib.parse import urlsplit

    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")
