"""Say in Markdown how the built site differs from the one that is published, for the summary of a run of CI.

    python -m tools.site_changes [SITE]

SITE is the folder of the built site (default: site/). What is published is asked at the address the site was built
for. In GitHub Actions, the words go to the summary of the job, and two outputs are set: `changed` (true or false) and
`url`. A published site that cannot be read counts as changed, and the words say so.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from explainer.commands.arguments import add_common, options_of
from explainer.config import Folders, Options
from explainer.manifest_format import MANIFEST_NAME, Manifest, parse_manifest
from explainer.page import output_path
from explainer.problems import ContentError, Report
from explainer.publication import publication_of
from explainer.published import read_published
from explainer.read import read_content

MOST_NAMED = 50
LARGEST = 5


def summary(before: Manifest | None, after: Manifest, held_back: Iterable[str], trouble: str | None = None) -> str:
    """Return what changed from one manifest to another, how large the site is, and what is held back, in Markdown.

    `before` is None where nothing is published yet, or where it could not be read: then `trouble` says why.
    """
    lines = [f"### The site for {after.base_url or 'no address'}", ""]
    if trouble is not None:
        lines += [f"What is published could not be read: {_code(trouble)}", ""]
    elif before is None:
        lines += ["Nothing is published there yet.", ""]
    else:
        lines += _differences(before, after)
    total = sum(entry.size for entry in after.files.values())
    lines += [f"{len(after.pages):,} pages, {len(after.files):,} files, {total / 1e6:.1f} MB. The largest:", ""]
    largest = sorted(after.files.items(), key=lambda item: (-item[1].size, item[0]))[:LARGEST]
    lines += [f"- {_code(path)}: {entry.size / 1000:,.0f} kB" for path, entry in largest]
    back = list(held_back)
    lines += ["", f"Held back: {len(back) or 'nothing'}.", ""]
    lines += [f"- {_code(words)}" for words in back]
    return "\n".join(lines).rstrip() + "\n"


def _differences(before: Manifest, after: Manifest) -> list[str]:
    pages = {output_path(address): address for address in (*before.pages, *after.pages)}
    groups = {
        "new": [path for path in after.files if path not in before.files],
        "changed": [path for path in after.files if path in before.files and before.files[path] != after.files[path]],
        "gone": [path for path in before.files if path not in after.files],
    }
    if not any(groups.values()):
        return ["It is the same as the published one.", ""]
    lines = []
    for word, paths in groups.items():
        addresses = sorted(pages[path] for path in paths if path in pages)
        others = len(paths) - len(addresses)
        lines += [
            f"**{len(addresses)} {'page' if len(addresses) == 1 else 'pages'} {word}**, {others} other files.",
            "",
        ]
        titles = {**before.pages, **after.pages}
        lines += [f"- {_code(f'{address} {titles[address].title}')}" for address in addresses[:MOST_NAMED]]
        lines += [f"- and {len(addresses) - MOST_NAMED} more"] if len(addresses) > MOST_NAMED else []
        lines += [""] if addresses else []
    return lines


def _code(text: str) -> str:
    """Return a text of content such that Markdown shows it as it is."""
    plain = text.replace("`", "'").replace("\n", " ")
    return f"`{plain}`"


def main(words: list[str]) -> int:
    """Print the summary, and hand it and the outputs to GitHub where it runs this."""
    folders = Folders.below(Path.cwd(), output=Path(words[0]) if words else None)
    after = parse_manifest((folders.output / MANIFEST_NAME).read_bytes())
    before, trouble = None, None
    try:
        before = read_published(after.base_url) if after.base_url else None
    except ContentError as error:
        trouble = error.problems[0].message
    text = summary(before, after, _held_back(folders, usual_options()), trouble)
    _append("GITHUB_STEP_SUMMARY", text)
    changed = before is None or (before.files, before.base_url) != (after.files, after.base_url)
    _append("GITHUB_OUTPUT", f"changed={str(changed).lower()}\nurl={after.base_url}\n")
    print(text)
    return 0


def usual_options() -> Options:
    """Return the options of a verb that is given none: today, and the address that GitHub Pages will give."""
    parser = argparse.ArgumentParser()
    add_common(parser)
    return options_of(parser.parse_args([]))


def _held_back(folders: Folders, options: Options) -> list[str]:
    content = read_content(folders.content, folders.shown(folders.content), Report())
    found = [publication_of(document, options) for document in (*content.articles.values(), *content.pages.values())]
    return sorted(f"{one.document.path}: {one.state}, {one.reason}" for one in found if not one.is_shown)


def _append(variable: str, text: str) -> None:
    if path := os.environ.get(variable):
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
