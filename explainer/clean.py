"""Remove what builds have made: the site and the cache, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from explainer.config import Folders
from explainer.problems import ContentError, Place, Problem
from explainer.publish import recover


def clean(folders: Folders) -> Iterator[Path]:
    """Remove the output folder and the cache; yield each that was there.

    Raises ContentError when the output folder was not made by a build: it could be anybody's.
    """
    recover(folders.output)
    output = folders.output
    if output.is_symlink() or (output.exists() and not (output / "manifest.json").is_file() and any(output.iterdir())):
        raise ContentError(
            [
                Problem(
                    Place(folders.shown(output)),
                    "P020",
                    "this folder was not made by a build: it has no manifest.json",
                    "remove it by hand if you are sure",
                )
            ]
        )
    for folder in (output, folders.cache):
        if folder.is_dir():
            shutil.rmtree(folder)
            yield folder
