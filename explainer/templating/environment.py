"""The Jinja2 environment of the site: a sandbox over plain data in which every missing value is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.nodes import Concat, Expr, Impossible, Template, TemplateData
from jinja2.runtime import BlockReference, Context, LoopContext, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing

from explainer.page import relative_link
from explainer.templates import Templates
from explainer.templating.compiled import CompiledTemplates
from explainer.templating.filters import FILTERS, TESTS
from explainer.templating.printing import UnprintableValue, printable, printed

# Things of Jinja2's own whose attributes a template may read; everything else is data.
_JINJA_OBJECTS = (LoopContext, Namespace, TemplateModule, TemplateReference, BlockReference)

LINK_BASE = "link_base"
"""The name in a view that makes `link()` write addresses below this path instead of relative ones.

404.html needs it: a server shows that page at any address, so a relative link in it would lead anywhere.
"""


class Origin(NamedTuple):
    """The page that is being rendered: its address, and its link base, if any.

    `top` is the folder at the top of the site that it lies in, with a slash at both ends, and `up` the way from it to
    the top; both are empty where there is no such folder.
    """

    address: str
    base: str | None
    top: str
    up: str

    @classmethod
    def of(cls, address: str, base: str | None) -> Origin:
        """Return what is known of a page by its address."""
        folders = address.split("/")[1:-1]
        return cls(address, base, f"/{folders[0]}/" if folders else "", "../" * len(folders))


# Macros of imported templates see no view, and are made once for all pages: this is how `link` knows the page all the
# same, in each thread.
rendering: ContextVar[Origin] = ContextVar("rendering")


class MissingValue(UndefinedError):
    """A template asked for something that is not there.

    `name` is what it asked for, `holder` what it asked (`missing` for a bare name), `told` Jinja2's own words, if any.
    """

    def __init__(self, told: str | None, holder: Any, name: Any) -> None:
        super().__init__(told or f'there is no "{name}" here')
        self.told = told
        self.holder = holder
        self.name = name


class MissingAtOnce(StrictUndefined):
    """Raises where a missing value is asked for, not where it is used: so `[1, nope]` and `nope is none` fail too."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        raise MissingValue(hint, obj, name)


class TemplateSources(BaseLoader):
    """Gives Jinja2 the templates that were read, and nothing else: it cannot reach the disk."""

    def __init__(self, templates: Templates) -> None:
        self.templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text and shown path; raise TemplateNotFound when there is none of this name."""
        if template not in self.templates.sources:
            raise TemplateNotFound(template)
        return self.templates.sources[template], self.templates.path(template), lambda: True

    def list_templates(self) -> list[str]:
        """Return the names of all templates, in order."""
        return sorted(self.templates.sources)


class _CheckedOutput(CodeGenerator):
    """Compiles templates such that all that becomes text goes through `printable`, constants and `a ~ b` too."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:
        self.write("markup_join((")
        for part in node.nodes:
            self.write("environment.finalize(")
            self.visit(part, frame)
            self.write("), ")
        self.write("))")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        # One call in place of two, `escape(environment.finalize(…))`, and no Markup in between.
        self.write("environment.printed(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    def _output_child_to_const(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        # Jinja2 would make text of `{{ none }}` when it compiles, before it asks what may be printed.
        if not isinstance(node, TemplateData):
            raise Impossible
        return super()._output_child_to_const(node, frame, finalize)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Renders templates over plain data.

    A dot reaches a field of a mapping and nothing else: `fact.items` is the field "items", never a method. Whatever is
    missing raises; None, yes/no, lists and mappings cannot be printed. Text is always escaped. The globals are
    `link(address)`, `range` and `namespace`.
    """

    code_generator_class = _CheckedOutput
    printed = staticmethod(printed)
    intercepted_binops = frozenset({"%"})

    def __init__(self, templates: Templates) -> None:
        super().__init__(
            loader=TemplateSources(templates),
            undefined=MissingAtOnce,
            autoescape=True,
            finalize=printable,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.templates = templates
        self.bytecode_cache = self.compiled = CompiledTemplates()
        self._trees: dict[str, Template] = {}
        self.filters = dict(FILTERS)
        self.tests = dict(TESTS)
        self.globals = {name: self.globals[name] for name in ("range", "namespace")} | {"link": link}

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> Template:
        """Return the syntax tree of a template, and keep it until the template is compiled."""
        tree = super().parse(source, name, filename)
        if name is not None and source == self.templates.sources.get(name):
            self._trees[name] = tree
        return tree

    def compile(self, source: str | Template, name: str | None = None, *others: Any, **named: Any) -> Any:
        """Compile a template: from its syntax tree where the checks have parsed it already."""
        tree = self._trees.pop(name, None) if name is not None and isinstance(source, str) else None
        return super().compile(tree or source, name, *others, **named)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return `obj.attribute`: a field of a mapping, or a public attribute of what Jinja2 itself provides."""
        if type(obj) is dict or isinstance(obj, Mapping):  # To ask for the type first takes a third of the time.
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        if isinstance(obj, _JINJA_OBJECTS):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call something: `link` is safe, which need not be found out for each of its many calls."""
        if obj is link:
            named.pop("_loop_vars", None)  # for functions that see the template's variables
            named.pop("_block_vars", None)
            return link(*arguments, **named)
        return super().call(context, obj, *arguments, **named)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return `obj[argument]`: a field of a mapping, or a part of a list or of a text."""
        if isinstance(argument, str) and not isinstance(obj, Mapping):
            return self.getattr(obj, argument)
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """Refuse an attribute that the sandbox does not let out."""
        return self.undefined(obj=obj, name=attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate `left % right`, for numbers only: with text it would be Python's old way to fill in words."""
        if isinstance(left, str):
            raise UnprintableValue('"%" cannot fill words into a text here', 'join texts with "~"')
        return super().call_binop(context, operator, left, right)


def link(address: object) -> str:
    """Return the link from the page being rendered to an address of the site, such as `/countries/x/#population`.

    Raises UnprintableValue for what is no such address.
    """
    if not isinstance(address, str) or address[:1] != "/" or address[:2] == "//":
        fix = "give it an address that begins with one slash; links to other sites are written as they are"
        raise UnprintableValue(f"link() got {address!r}, which is no address of the site", fix)
    origin, base, top, up = rendering.get()
    if base is not None:
        return base.rstrip("/") + address
    if top and "#" not in address and not address.startswith(top):  # most links, and all in the navigation
        return up + address[1:]
    return relative_link(origin, address)
