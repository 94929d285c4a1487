"""List the Markdown files of a site with their state."""

from __future__ import annotations

from explainer.config import Folders, Options
from explainer.problems import Problem, Report
from explainer.publication import publication_of
from explainer.read import read_content


def list_documents(folders: Folders, options: Options, *, why: bool) -> tuple[list[str], list[Problem]]:
    """Return a line for each article and page, its state first, and the problems met while reading them."""
    report = Report()
    content = read_content(folders.content, folders.shown(folders.content), report)
    documents = sorted([*content.articles.values(), *content.pages.values()], key=lambda document: document.path)
    lines = []
    for document in documents:
        publication = publication_of(document, options)
        line = f"{publication.state:<10} {document.path}  {document.front.title}"
        lines.append(f"{line}\n           {publication.reason}" if why else line)
    return lines or ["There are no articles or pages."], report.errors
