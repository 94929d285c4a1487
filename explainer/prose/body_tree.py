"""The steps from a body within limits to its tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from explainer.prose import tokens
from explainer.prose.brackets import BracketReader
from explainer.prose.converter import FigureBlock, Footnote, Heading, ParsedBody
from explainer.prose.definitions import Definitions
from explainer.prose.engine import FOOTNOTE, markdown_tree
from explainer.prose.fences import Fence
from explainer.prose.finishing import HEADINGS, Finisher
from explainer.prose.headings import Ids, is_taken
from explainer.prose.inline_scan import InlineScanner, add_code_spans
from explainer.prose.markdown_source import blank
from explainer.prose.marks import MARK, Span
from explainer.prose.numbers import check_numbers, words_to_look_for
from explainer.prose.scan import IN_ORDER, Edit, Scan
from explainer.prose.structure import check_addresses, check_blocks, check_fences, figure_name
from explainer.prose.time_words import check_time_words
from explainer.prose.vocabulary import Vocabulary

MAX_DEPTH = 60


def convert(parsed: ParsedBody, language: str) -> None:
    """Fill in the tree of a body and all that belongs to it. May raise RecursionError."""
    source = parsed.source
    scan = Scan(source, parsed.report)
    definitions = Definitions(source, parsed.report)
    scanner = InlineScanner(scan, BracketReader(scan, definitions))
    for region in source.regions:
        if region.kind == "reference":
            scan.edits.append(Edit(region.start, region.end, ""))
            scan.hidden.append(Span(region.start, region.end - region.start))
        elif region.kind not in ("rule", "underline"):
            scanner.read(region)
    add_code_spans(scan)
    fences = _put_fences(scan)
    definitions.report_unused()
    used = definitions.check_footnotes(scan.marks)
    prose = blank(source.masked, sorted(scan.hidden))
    check_fences(scan)
    check_blocks(scan, _edited_rows(scan))
    check_addresses(scan, prose)
    vocabulary = Vocabulary(prose, words_to_look_for(language))
    check_time_words(scan, prose, language, vocabulary)
    check_numbers(scan, prose, language, vocabulary)

    root = markdown_tree(scan.edited())
    _check_depth(root)
    root.tag = "div"
    finisher = Finisher(scan, fences, language)
    finisher.finish(root)
    parsed.tree, parsed.marks, parsed.words = root, scan.marks, finisher.words
    holders = {child.get(FOOTNOTE, ""): child for child in root if child.get(FOOTNOTE) is not None}
    for holder in holders.values():
        del holder.attrib[FOOTNOTE]
        root.remove(holder)
    _check_reach(root, holders, scan, definitions, used)
    for label in used:
        if label in holders:
            region = definitions.footnotes[label]
            parsed.footnotes[label] = Footnote(
                label, source.place(region.start, region.content - region.start), holders[label]
            )
            if not "".join(holders[label].itertext()).strip() and not len(holders[label]):
                scan.error(Span(region.start, 1), "M036", f'the note "[^{label}]" is empty', "write it after the colon")
    _check_ids(scan, finisher)
    parsed.headings = _headings(root, scan, finisher)
    _check_fragments(parsed, scan, finisher)
    _add_blocks(parsed, scan, fences, finisher)


def _check_reach(
    root: Element, holders: Mapping[str, Element], scan: Scan, definitions: Definitions, used: Iterable[str]
) -> None:
    """Report notes to which no way leads from the text: their marks stand within them, or within each other."""
    begin = definitions.begin()
    in_text = {mark.target for mark in scan.marks if mark.kind == "footnote" and mark.span.offset < begin}
    if in_text.issuperset(used):  # notes are most often defined below all that refers to them
        return
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        for element in waiting.pop().iter():
            mark = scan.marks[int(number)] if (number := element.get(MARK)) else None
            if mark is not None and mark.kind == "footnote" and mark.target not in reached:
                reached.add(mark.target)
                waiting += [holders[mark.target]] if mark.target in holders else []
    definitions.report_unreached(label for label in used if label not in reached)


def _put_fences(scan: Scan) -> dict[int, tuple[Fence, str]]:
    """Put a paragraph with a sign in the place of each fenced block; figures are numbered first."""
    fences = scan.source.fences
    ordered = [fence for fence in fences if figure_name(fence)] + [fence for fence in fences if not figure_name(fence)]
    for number, fence in enumerate(ordered):
        span = Span(fence.opening.start, fence.end - fence.opening.start)
        sign = tokens.thing(scan.token("fence", span, number=number))
        scan.edits.append(Edit(span.offset, span.end, f"\n{fence.indent}{sign}\n"))
    return {number: (fence, figure_name(fence)) for number, fence in enumerate(ordered)}


def _edited_rows(scan: Scan) -> dict[int, str]:
    """Return the rows of tables by their offsets, with signs in the places of links and code."""
    rows = {region.start: region for region in scan.source.regions if region.kind == "row"}
    if not rows:
        return {}
    text, edits, at = scan.source.text, sorted(scan.edits, key=IN_ORDER), 0
    result = {}
    for start, region in sorted(rows.items()):
        while at < len(edits) and edits[at].start < start:
            at += 1
        parts, position = [], region.content
        while at < len(edits) and edits[at].start < region.end:
            parts += [text[position : edits[at].start], edits[at].text]
            position = max(position, edits[at].end)
            at += 1
        result[start] = "".join([*parts, text[position : region.end]])
    return result


def _check_depth(root: Element) -> None:
    """Raise RecursionError when a tree is deeper than all that walks it can go."""
    layer, depth = [root], 1  # elements with others in them, and the depth of these others
    while layer:
        if depth > MAX_DEPTH:
            raise RecursionError
        depth += 1
        layer = [child for element in layer for child in element if len(child)]


def _check_ids(scan: Scan, finisher: Finisher) -> None:
    first: dict[str, Span] = {}
    for identifier, element, span in sorted(finisher.ids, key=lambda entry: entry[2]):
        if identifier in first:
            line = scan.source.place_of(first[identifier]).line
            message = f'the id "{identifier}" stands on line {line} already'
            scan.error(span, "M019", message, "give one of the two another id")
        elif is_taken(identifier):
            message = f'the id "{identifier}" is one that pages use themselves'
            scan.error(span, "M020", message, f'write "section-{identifier}"')
        first.setdefault(identifier, span)
        element.set("id", identifier)


def _headings(root: Element, scan: Scan, finisher: Finisher) -> list[Heading]:
    """Give all headings their ids and report those that break the order of the page."""
    ids = Ids({identifier for identifier, _, _ in finisher.ids})
    margin = set(root)
    found = []
    level = 1
    for heading in finisher.heading_elements:  # those of notes come last, as in the tree
        own = HEADINGS[heading.tag]
        title = " ".join("".join(heading.itertext()).split())
        span = finisher.headings.get(heading)
        if heading.tag == "h1":
            heading.tag = "h2"
        if span is None:
            fix = "headings stand at the margin, with an empty line before"
            scan.error(_somewhere(scan, title), "M017", "a heading cannot stand in a list or a note", fix)
            continue
        end = scan.source.text.find("\n", span.offset) % (len(scan.source.text) + 1)
        span = Span(span.offset, end - span.offset)
        if heading not in margin:
            fix = "headings stand at the margin, with an empty line before"
            scan.error(span, "M017", "a heading cannot stand in a list, a quotation or a note", fix)
            continue
        if own == 1:
            fix = 'write "## ": the title in the front matter is the only heading of the first level'
            scan.error(span, "M015", "a text has no heading of the first level", fix)
        elif own > level + 1:
            fix = f'write "{"#" * (level + 1)} "'
            before = f"one of level {level}" if level > 1 else "the title"
            scan.error(span, "M016", f"a heading of level {own} follows {before}", fix)
        level = own
        identifier = heading.get("id") or ids.make(title)
        heading.set("id", identifier)
        found.append(Heading(own, identifier, title, scan.source.place_of(span)))
    return found


def _somewhere(scan: Scan, title: str) -> Span:
    offset = scan.source.masked.find(title)
    return Span(max(0, offset), max(1, len(title)))


def _check_fragments(parsed: ParsedBody, scan: Scan, finisher: Finisher) -> None:
    """Links to a part of the page itself lead to an id that it has."""
    leading = [mark for mark in parsed.marks if mark.kind == "link" and mark.target.startswith("#")]
    if not leading:
        return
    from explainer.problems import did_you_mean

    known = {heading.id for heading in parsed.headings} | {identifier for identifier, _, _ in finisher.ids}
    for mark in leading:
        if mark.target[1:] not in known:
            otherwise = "the ids of headings are their words in ASCII letters with hyphens between"
            message = f'nothing on this page has the id "{mark.target[1:]}"'
            scan.error(mark.target_span, "M027", message, did_you_mean(mark.target[1:], known, otherwise=otherwise))


def _add_blocks(parsed: ParsedBody, scan: Scan, fences: dict[int, tuple[Fence, str]], finisher: Finisher) -> None:
    """Note the figure blocks, which stand at the margin."""
    for number, element in sorted(finisher.blocks.items()):
        fence, name = fences[number]
        place = scan.source.place(fence.opening.start, len(fence.opening.text))
        first_line = place.line + 1
        parsed.blocks.append(FigureBlock(number, name, fence.content, first_line, place, element))
        if all(child is not element for child in parsed.tree) and not fence.indent:
            scan.error(Span(fence.opening.start, 1), "M006", "a figure stands at the margin, in no list", "move it out")
