"""Say at which address a site will be."""

from __future__ import annotations

from explainer.config import Folders, Options
from explainer.problems import Place, Report
from explainer.site import Site


def base_url(site: Site, options: Options) -> str:
    """Return the address the site will have: the one asked for, else site.yml's, else the fallback."""
    return options.base_url if options.base_url is not None else site.settings.base_url or options.fallback_base_url


def warn_of_missing_base_url(site: Site, options: Options, folders: Folders, report: Report) -> None:
    """Warn of a site that has no address: feeds and maps of sites need one."""
    if not base_url(site, options) and options.base_url is None:
        report.add(
            site.settings.place_of("base_url") if site.settings.place.path else Place(folders.shown(folders.content)),
            "U010",
            "the site has no address: the sitemap uses https://example.org/",
            "set `base_url` in site.yml, or build with --base-url",
            severity="warning",
        )
