"""Print summaries for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explainer.result import BuildResult, HeldBack

_NAMED: Final = 5
"""How many documents a line names."""


def print_summary(result: BuildResult, output: str, *, why: bool) -> None:
    """Print what was built, what changed, what was held back, and how long it took.

    `output` is the folder of the site, as messages show it.
    """
    published = result.published
    for note in result.notes:
        print(note)
    seconds = sum(result.stages.values())
    print(f"Built {result.counts.words()} in {seconds:.2f} s.")
    changed = f"{len(published.written)} written, {len(published.removed)} removed, {published.unchanged} unchanged"
    print(f"{output}/: {changed}.")
    print_held_back(result.held_back, why=why)
    if why:
        rendered = [f"  {address}: {reason}" for address, reason in sorted(result.why.items())]
        print("\n".join([f"Rendered: {len(rendered)}", *rendered]))


def print_held_back(held_back: Sequence[HeldBack], *, why: bool = False) -> None:
    """Print a line for each state that keeps documents from readers, and, if asked, why each is in it."""
    for state in ("draft", "scheduled", "expired"):
        held = [item for item in held_back if item.state == state]
        if held:
            more = ", …" if len(held) > _NAMED else ""
            print(f"Held back, {state}: {len(held)} ({', '.join(item.path for item in held[:_NAMED])}{more})")
            if why:
                print("\n".join(f"  {item.path}: {item.reason}" for item in held))


def print_stages(result: BuildResult) -> None:
    """Print the time of each stage in milliseconds."""
    for stage, seconds in result.stages.items():
        print(f"{stage:>10} {seconds * 1000:8.1f} ms")
