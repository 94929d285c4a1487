"""Keep templates compiled from one build to the next: to compile two takes longer than to make a page with them."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping

from jinja2.bccache import Bucket, BytecodeCache

from explainer.templates import Templates


class CompiledTemplates(BytecodeCache):
    """What Jinja2 asks for a compiled template before it compiles one, and gives each that it compiled.

    A compiled template is known by its name, its place and its source. `made` are those compiled here, as bytes.
    """

    def __init__(self) -> None:
        self._read: Mapping[str, Callable[[], bytes]] = {}
        self.made: dict[str, bytes] = {}

    def know(self, read: Mapping[str, Callable[[], bytes]]) -> None:
        """Use what was compiled by an earlier process: what returns the bytes of each, by its key.

        It has to have been this very generator and this very Python.
        """
        self._read = read

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code of a template into its bucket, where it is known."""
        read = self._read.get(bucket.key + bucket.checksum)
        if read is not None:
            bucket.code = marshal.loads(read())  # noqa: S302 - the cache's own, behind its checksum

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template that was compiled."""
        self.made[bucket.key + bucket.checksum] = marshal.dumps(bucket.code)

    def keys_of(self, templates: Templates) -> set[str]:
        """Return the keys of templates as they are now."""
        return {
            self.get_cache_key(name, templates.path(name)) + self.get_source_checksum(source)
            for name, source in templates.sources.items()
        }
