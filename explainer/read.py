"""Read the content folder into records: every file is read, or told that nothing reads it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from explainer.content import Content, Document
from explainer.dates import DateError, PartialDate
from explainer.document_files import MARKDOWN_FOLDERS, header_digest, mentions_in, names_of, places_of
from explainer.front_matter import SplitDocument, split_front_matter
from explainer.models.article import FOREIGN_FIELDS, FrontMatter
from explainer.models.country import Country
from explainer.models.derived import DerivedFigure
from explainer.models.event import Event
from explainer.models.glossary import GlossaryTerm
from explainer.models.indicator import Indicator, Unit
from explainer.models.map import MapDrawing
from explainer.models.organisation import Organisation
from explainer.models.settings import SiteSettings
from explainer.models.source import Source
from explainer.models.source_article import SourceArticle
from explainer.plain_yaml import plain_mapping
from explainer.problems import Place, Report, did_you_mean
from explainer.read_facts import add_fact_kinds
from explainer.record import Record
from explainer.refs import Kind, Ref, is_id, suggest_id
from explainer.schema import validate
from explainer.source_files import SourceFile, find_files, read_text, text_of
from explainer.source_yaml import parse_yaml
from explainer.validation import validated
from explainer.yaml_values import Mapping, Node, Text

# One file whose keys are ids. The order matters: units, then indicators, before the facts that need their kinds.
VOCABULARIES: dict[str, tuple[Kind, type[Record], str]] = {
    "units.yml": ("unit", Unit, "units"),
    "indicators.yml": ("indicator", Indicator, "indicators"),
    "events.yml": ("event", Event, "events"),
    "derived.yml": ("derived figure", DerivedFigure, "derived"),
    "glossary.yml": ("glossary term", GlossaryTerm, "glossary"),
}
# A folder of files: one record each, or, for sources, several records each.
FOLDERS: dict[str, tuple[Kind, type[Record], str]] = {
    "sources": ("source", Source, "sources"),
    "countries": ("country", Country, "countries"),
    "organisations": ("organisation", Organisation, "organisations"),
    "source-articles": ("source article", SourceArticle, "source_articles"),
    "articles": ("article", FrontMatter, "articles"),
    "pages": ("page", FrontMatter, "pages"),
}
MAP = "map.yml"


def _is_day(text: str) -> bool:
    try:
        return PartialDate.parse(text).precision == "day"
    except DateError:
        return False


# What of a front matter that is at fault still says whether the text is shown.
_STATE = re.compile(r"""(?P<name>draft|date|expires): *["']?(?P<value>true|[0-9-]{10})["']? *(?:#.*)?""")


class DocumentFile(NamedTuple):
    """A Markdown file that is to become an article or a page."""

    file: SourceFile
    kind: Kind


def read_content(folder: Path, shown_as: str, report: Report) -> Content:
    """Read all records and documents below a content folder; what cannot be read is reported and left out.

    `shown_as` is the folder's path in messages.
    """
    content, documents = read_records(folder, shown_as, report)
    for one in documents:
        document = read_document(*one, report, content.loose)
        if document is not None:
            (content.articles if one.kind == "article" else content.pages)[document.id] = document
    return content


def read_records(folder: Path, shown_as: str, report: Report) -> tuple[Content, list[DocumentFile]]:
    """Read all records but the Markdown files, which are returned unread, in order of their paths."""
    content = Content()
    documents: list[DocumentFile] = []
    files = {file.path.removeprefix(f"{shown_as}/"): file for file in find_files(folder, shown_as, report)}
    if not files and not folder.is_dir():  # which is told, and all that would be missing with it is not
        return content, documents
    _read_settings(files.pop("site.yml", None), shown_as, content, report)
    if (file := files.pop(MAP, None)) is not None and (node := _parse(file, report)) is not None:
        content.map = validate(MapDrawing, node, report, place=Place(file.path, 1, 1))
    for name, (kind, model, attribute) in VOCABULARIES.items():
        if (file := files.pop(name, None)) is None:
            content.missing[kind] = f"{shown_as}/{name}"
            continue
        content.places[kind] = {}
        _read_keyed(file, kind, model, getattr(content, attribute), content, report)
    for name, (kind, model, attribute) in FOLDERS.items():
        content.places[kind] = {}
        extension = ".md" if name in MARKDOWN_FOLDERS else ".yml"
        for path in [path for path in files if path.startswith(f"{name}/")]:
            rest = path.removeprefix(f"{name}/")
            if "/" in rest or not rest.endswith(extension):
                continue
            file, records = files.pop(path), getattr(content, attribute)
            if name == "sources":
                _read_keyed(file, kind, model, records, content, report)
            elif name in MARKDOWN_FOLDERS:
                documents.append(DocumentFile(file, kind))
            else:
                _read_single(file, kind, model, records, content, report)
    for path, file in files.items():
        report.add(Place(file.path), "R020", "nothing reads this file", _where_it_belongs(path))
    for kind in ("article", "page"):
        content.places[kind] = places_of(one.file.path for one in documents if one.kind == kind)
    return content, documents


def _read_settings(file: SourceFile | None, shown_as: str, content: Content, report: Report) -> None:
    if file is None:
        report.add(Place(f"{shown_as}/site.yml"), "R021", "this file is missing", "write it: title, region, licence")
        return
    node = _parse(file, report)
    if node is None:
        return
    content.settings = validate(SiteSettings, node, report, place=Place(file.path, 1, 1))
    vocabularies: dict[str, Kind] = {"fact_groups": "group", "event_kinds": "event kind", "topics": "topic"}
    for name, kind in vocabularies.items():
        entries = node.get(name) if isinstance(node, Mapping) else None
        if isinstance(entries, Mapping):
            content.places[kind] = {name: place for key, place in entries.key_places.items() for name in names_of(key)}
        elif content.settings is not None:
            content.places[kind] = {}


def _read_keyed(
    file: SourceFile, kind: Kind, model: type[Any], records: dict[str, Any], content: Content, report: Report
) -> None:
    """Read a file whose keys are ids; several files may share one kind, but not one id."""
    node = _parse(file, report)
    if node is None:
        if report.problems and report.problems[-1].place.path == file.path:
            content.places.pop(kind, None)
        return
    if not isinstance(node, Mapping):
        report.add(Place(file.path, 1, 1), "F002", "this file should be a mapping of ids", "write lines of `id:`")
        content.places.pop(kind, None)
        return
    for key, value in node.items():
        place = node.key_places[key]
        known = content.places.get(kind)
        if known is not None and key in known:
            first = known[key]
            message = f'{kind} "{key}" stands in {first.path} on line {first.line} already'
            report.add(place, "L009", message, "give one of the two another id")
            continue
        if known is not None:
            known |= {name: place for name in names_of(key) if name == key or name not in known}
        if not _is_good_id(key, place, report):
            continue
        if (record := validate(model, value, report, place=place, loose=content.loose)) is not None:
            records[str(key)] = record


def _read_single(
    file: SourceFile, kind: Kind, model: type[Any], records: dict[str, Any], content: Content, report: Report
) -> None:
    """Read a file that is one record, whose id is the file's stem."""
    identifier, place = file.stem, Place(file.path, 1, 1)
    content.places[kind] |= dict.fromkeys(names_of(identifier), place)
    if not _is_good_id(identifier, Place(file.path), report):
        return
    node = _parse(file, report)
    if isinstance(node, Mapping) and kind == "country":
        add_fact_kinds(node, content, report)
    if node is None:
        return
    if (record := validate(model, node, report, place=place, loose=content.loose)) is not None:
        records[identifier] = record


def read_document(
    file: SourceFile,
    kind: Kind,
    report: Report,
    loose: list[Ref] | None = None,
    *,
    data: bytes | None = None,
    with_stand_in: bool = False,
) -> Document | None:
    """Read a Markdown file: its front matter is checked, its body is kept as it is. None for one that is refused.

    `loose` takes the references of front matter that is refused. `data` are the bytes of the file, where they have been
    read. `with_stand_in` asks for a document even where front matter is refused, so that what is wrong with its body is
    told in the same run; the error in the report keeps the run from using it for anything else.
    """
    identifier, place = file.stem, Place(file.path, 1, 1)
    if not _is_good_id(identifier, Place(file.path), report):
        return None
    text = read_text(file, report) if data is None else text_of(data, file, report)
    parts = None if text is None else split_front_matter(text, file.path, report)
    if parts is None:
        return None
    before = len(report.problems)
    node: Node | None = plain_mapping(parts.header, file.path, parts.header_line)
    if node is None:
        node = parse_yaml(parts.header, file.path, report, first_line=parts.header_line)
    front = None
    if node is not None or len(report.problems) == before:
        node = Mapping(place) if node is None else node
        front = validate(FrontMatter, node, report, place=place, foreign_fields=FOREIGN_FIELDS, loose=loose)
    header = header_digest(parts) if len(report.problems) == before else b""
    if front is None and with_stand_in:
        front = _stand_in(parts, identifier, file.path)
    if front is None:
        return None
    return Document(identifier, kind, file.path, front, parts.body, parts.body_line, mentions_in(parts.body), header)


def _stand_in(parts: SplitDocument, identifier: str, path: str) -> FrontMatter:
    """Return front matter in place of what is at fault: a draft stays one, and what is not due yet or any more, too."""
    fields = Mapping(Place(path, 1, 1))
    for name, value in (("title", identifier), ("description", identifier), ("date", "1900-01-01")):
        fields[name], fields.key_places[name] = Text(value, fields.place), fields.place
    # Line by line, since the header may be no YAML at all.
    for number, line in enumerate(parts.header.split("\n"), parts.header_line):
        found = _STATE.fullmatch(line)
        if found is not None and (found["value"] == "true" if found["name"] == "draft" else _is_day(found["value"])):
            place = Place(path, number, found.start("value") + 1, len(found["value"]))
            fields[found["name"]], fields.key_places[found["name"]] = Text(found["value"], place), place
    return validated(FrontMatter, fields)


def _parse(file: SourceFile, report: Report) -> Node | None:
    """Return the YAML of a file; an empty file is empty on purpose only where a mapping may be."""
    text = read_text(file, report)
    if text is None:
        return None
    before = len(report.problems)
    node = parse_yaml(text, file.path, report)
    if node is None and len(report.problems) == before:
        report.add(Place(file.path), "R022", "this file is empty", "write its fields, or delete the file")
    return node


def _is_good_id(text: str, place: Place, report: Report) -> bool:
    if is_id(text):
        return True
    guess = suggest_id(text)
    rule = "an id is lower-case letters and digits in words joined by hyphens, at most 60 characters"
    what = "key" if place.line else "file name"
    report.add(place, "F010", f'the {what} "{text}" is not an id', f'write "{guess}": {rule}' if guess else rule)
    return False


def _where_it_belongs(path: str) -> str:
    """Say what a file that nothing reads was probably meant to be."""
    folder, _, name = path.rpartition("/")
    if folder in FOLDERS:
        extension = ".md" if folder in MARKDOWN_FOLDERS else ".yml"
        return f"files in {folder}/ end in {extension}: rename or remove it"
    if "/" in folder and folder.split("/")[0] in FOLDERS:
        return f"move it up into {folder.split('/')[0]}/, which has no folders inside"
    known = ["site.yml", MAP, *VOCABULARIES] if not folder else [f"{name}/" for name in FOLDERS]
    expected = "known are: " + ", ".join(known)
    return did_you_mean(name if not folder else f"{folder}/", known, otherwise=f"move or remove it; {expected}")
