"""Report blocks that Markdown would silently take for something else."""

from __future__ import annotations

import re

from explainer.problems import did_you_mean
from explainer.prose.fences import Fence, Line
from explainer.prose.marks import Span
from explainer.prose.regions import DASHES, QUOTE, Region
from explainer.prose.scan import Scan

FIGURES = ("timeline", "compare", "standings", "chart", "map")
_LANGUAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9+#.-]{0,30}")
_HEADING_ALIKE = re.compile(r"(?P<indent>[ ]{0,3})(?P<marks>#{1,6})(?P<space>[ \t]*)(?=\S)")
_ITEM_ALIKE = re.compile(r"[ ]{0,3}(?:[*+-]|1\.)[ \t]+\S")
_BRACKET_ITEM = re.compile(r"[ ]{0,3}\d{1,9}\)[ \t]+\S")
# A sentence that ends in a year, with the year at the beginning of a line, reads as item number 2023.
_YEAR_AS_ITEM = re.compile(r"[ ]{0,3}(\d{2,9}\.)[ \t]")
_SIGN = re.compile("\ufdd0[0-9]+\ufdd1|\ufdd2[0-9]+\ufdd1|\ufdd3[0-9]+\ufdd1")
_BARE_ADDRESS = re.compile(r"(?<![\w(<\[\"'/=])https?://[^\s<>)\]]+[^\s<>)\].,;:!?]")


def figure_name(fence: Fence) -> str:
    """Return the name of the figure that a fenced block draws, or nothing where it is code."""
    return fence.info if fence.info in FIGURES else ""


def check_fences(scan: Scan) -> None:
    """Fences are closed, and say nothing but a figure or a language; figures stand at the margin."""
    for line in scan.source.quoted_fences[::2]:  # every other one closes
        fix = "end the quotation before it, or put short code between single backticks"
        scan.error(Span(line.start, len(line.text)), "M006", "a fenced block cannot stand within a quotation", fix)
    for fence in scan.source.fences:
        opening = Span(fence.opening.start + len(fence.indent), len(fence.opening.text.strip()))
        if fence.closing is None:
            marks = re.match(r"`+|~+", fence.opening.text.strip())
            assert marks is not None
            fix = f'write a line of "{marks[0]}" after its last line'
            scan.error(opening, "M004", "this fenced block is never closed", fix)
        if not fence.info:
            continue
        info = Span(fence.opening.start + fence.opening.text.rindex(fence.info), len(fence.info))
        if not _LANGUAGE.fullmatch(fence.info):
            first = fence.info.split()[0].strip("{}.:")
            fix = f'write "{first}" alone' if _LANGUAGE.fullmatch(first) else "write the name of a language, or nothing"
            scan.error(info, "M005", f'"{fence.info[:60]}" is more than a fenced block may say', fix)
        elif not figure_name(fence) and (meant := did_you_mean(fence.info, FIGURES, otherwise="")):
            scan.error(info, "M005", f'there is no figure "{fence.info}"', f"{meant}")
        elif figure_name(fence) and fence.indent:
            scan.error(opening, "M006", "a figure stands at the margin, in no list", "delete the spaces before it")


def check_blocks(scan: Scan, edited_rows: dict[int, str]) -> None:
    """Lists, tables and headings are written so that Markdown sees them as people do.

    `edited_rows` are the rows of tables by their offsets, with signs in the places of links and code.
    """
    in_list, regions, end = False, scan.source.regions, 0
    while end < len(regions):
        start, first = end, regions[end]
        end += 1
        while end < len(regions) and regions[end].block == first.block:
            end += 1
        if first.kind == "text" and not first.indent and end == start + 1 and _begins_with_letters(first.lines):
            in_list = False
            continue
        block = regions[start:end]
        if first.kind == "row":
            _check_rows(scan, block, edited_rows)
            in_list = False
            continue
        holds = in_list and first.indent > 0
        is_list = first.kind in ("item", "footnote", "term") or holds
        if holds and first.indent % 4 and not first.is_quoted:
            fix = "indent by four spaces for each list it stands in"
            scan.error(_indentation(first), "M009", f"{first.indent} spaces put this into no list", fix)
        for region in block:
            # Of most items nothing can be wrong.
            if region.kind != "item" or not is_list or region.indent or len(region.lines) > 1:
                _check_region(scan, region, is_list=is_list, is_first=region is first)
            is_list = is_list or region.kind == "term"
        in_list = is_list


def _begins_with_letters(lines: list[Line]) -> bool:
    for line in lines:  # noqa: SIM110 - twice as fast as `all` for so few
        if not line.text[:1].isalpha():
            return False
    return True


def check_addresses(scan: Scan, prose: str) -> None:
    """Addresses in the text are links."""
    for match in _BARE_ADDRESS.finditer(prose) if "http" in prose else ():
        place = scan.source.place(match.start(), len(match[0]))
        fix = f"write [text]({match[0]}), or <{match[0]}>"
        scan.report.add(place, "M042", "this address is no link", fix, severity="warning")


def _check_region(scan: Scan, region: Region, *, is_list: bool, is_first: bool) -> None:
    if region.kind == "item" and not is_first and not is_list:
        fix = "leave an empty line before the first item"
        if year := _YEAR_AS_ITEM.match(scan.source.text, region.start):
            fix = f'move "{year[1]}" to the line before: at the beginning of a line it numbers an item'
        scan.error(_first_line(region), "M008", "a list that follows a paragraph at once is none", fix)
    elif region.kind == "item" and is_list and region.indent % 4:
        fix = "indent by four spaces for each list it stands in"
        scan.error(_indentation(region), "M009", f"an item with {region.indent} spaces before it", fix)
    elif region.kind == "underline":
        fix = 'write "## " before the words for a heading, or leave an empty line before a line of "---"'
        scan.error(_first_line(region), "M017", "a line of dashes here is neither a heading nor a rule", fix)
    elif region.kind == "heading" and not scan.source.text[region.content : region.end].strip(" \t\r#"):
        scan.error(_first_line(region), "M018", "this heading has no words", "write them after the marks, or delete it")
    if region.kind not in ("text", "item"):
        return
    for number, line in enumerate(region.lines):
        if line.text[:1].isalpha():  # What is looked for below begins otherwise, and most lines begin so.
            continue
        start = QUOTE.match(line.text)
        offset = start.end() if start else 0
        text = line.text[offset:]
        if not text:
            continue
        where = Span(line.start + offset, len(text))
        if (alike := _HEADING_ALIKE.match(text)) and not (number == 0 and region.kind == "item"):
            fix = f'write "{alike["marks"]} " at the beginning of the line; for the sign itself, write "\\#"'
            scan.error(where, "M017", "this is nearly a heading", fix)
        elif _BRACKET_ITEM.match(text) and number == 0 and is_first:
            scan.error(where, "M008", 'numbers of items end with a point: "1."', 'write "1." instead of "1)"')
        elif number and DASHES.match(text):
            fix = "leave an empty line before the table, and give both lines the same number of cells"
            scan.error(where, "M039", "this line of dashes makes no table", fix)
        elif (
            number == 0 and region.kind == "text" and is_first and text.lstrip().startswith("|") and text.count("|") > 1
        ):
            fix = "write a line of |---|---| under the first row, with as many cells"
            scan.error(where, "M039", "this table lacks its line of dashes", fix)


def _check_rows(scan: Scan, rows: list[Region], edited: dict[int, str]) -> None:
    """All rows of a table have as many cells as its first: Markdown would drop what is more."""
    wanted = _cells(edited.get(rows[0].start, ""))
    for row in rows[1:]:
        text = edited.get(row.start, "") if row.kind == "row" else scan.source.text[row.content : row.end]
        if not text.strip():  # a list of attributes stood there
            continue
        found = _cells(text)
        if found != wanted:
            span = Span(row.content, row.end - row.content)
            message = f"this row has {_count(found)}, the first row {_count(wanted)}"
            fix = 'add "|" where a cell ends or delete one; write "\\|" for the sign itself'
            scan.error(span, "M038", message, fix)


def _cells(text: str) -> int:
    text = (_SIGN.sub("", text) if "\ufdd1" in text else text).strip()
    return text.removeprefix("|").removesuffix("|").count("|") + 1


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"


def _first_line(region: Region) -> Span:
    indent = len(region.line.text) - len(region.line.text.lstrip())
    return Span(region.line.start + indent, len(region.line.text.strip()))


def _indentation(region: Region) -> Span:
    return Span(region.line.start, max(1, len(region.line.text) - len(region.line.text.lstrip())))
