"""A parsed template comes in; Python goes out that does the same as Jinja's own would, in fewer steps.

What can be done once, when a template is compiled, is done then: sentences of the interface are translated, and what
the template reads of its context is noted, so that `templates.py` knows what may be used again. What pages do thousands
of times (looking something up in a dict, calling a macro, escaping a string) is written out as the shortest code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeGuard

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import Environment
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

SENTENCES = frozenset({"_", "gettext"})
"""The names by which templates ask for a sentence of the interface."""
OF_DICTS = frozenset(dir(dict))
"""`x.items` is a dict's method even where the dict has such a key, as everywhere in Jinja."""

trusted: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A string as Markup, without asking what it is."""
escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""A string (and no subclass of it) as HTML. `escape` makes Markup of what this gives, which takes eight times as long
and is of no use where the text is written down; where there is no such step of its own, `escape` does."""


def shown(value: Any) -> str:
    """Anything as HTML: Markup is left as it is."""
    return value if type(value) is Markup else escape(value)


def shown_call(context: Context, called: Any, *given: Any, **named: Any) -> str:
    """What something gives that is called from a template, as HTML."""
    value = context.call(called, *given, **named)
    return escaped(value) if type(value) is str else shown(value)


class PlainMacro(Macro):
    """A macro that takes what its declaration names and nothing else: `text` may be called by positions, and what it
    gives is HTML."""

    def __init__(self, environment: Environment, text: Callable[..., str], name: str, names: list[str]) -> None:
        super().__init__(environment, text, name, names, False, False, False, True)
        self.text: Any = text
        self.text.__defaults__ = (missing,) * len(names)

    def __call__(self, *given: Any, **named: Any) -> Any:
        """The macro's text as Markup."""
        return super().__call__(*given, **named) if named else trusted(self.text(*given))


class Speaking(Environment):
    """An environment of one language; `sentence` says a sentence of the interface in it."""

    sentence: Callable[[str], str]


class Generator(CodeGenerator):
    """Jinja's generator but for the steps that every page takes thousands of times."""

    environment: Speaking

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The module; at its end, which others the template may reach and what it reads of its context: None where it
        keeps something of its own, which macros might change from call to call."""
        self._reads: set[str] = set()
        self._keeps = False
        self._shown_as: list[str] = []
        self._written: nodes.Node | None = None
        self.writeline("from functools import partial")
        self.writeline(f"from {__name__} import PlainMacro, escaped, shown, shown_call")
        super().visit_Template(node, frame)
        self.writeline(f"root.reads = {None if self._keeps else tuple(sorted(self._reads))!r}")
        self.writeline(f"root.leads_to = {tuple(dict.fromkeys(find_referenced_templates(node)))!r}")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """A line of code. What a block or a parent template writes is handed on in one piece, not piece by piece
        through every template between it and the page."""
        whole = x.removeprefix("yield from ")
        super().writeline(x if whole == x else f"yield concat({whole})", node, extra)

    def enter_frame(self, frame: Frame) -> None:
        """The names of a scope; those that come from the context are noted, `page` where it is used."""
        loads = frame.symbols.loads.values()
        self._reads.update(str(name) for action, name in loads if action == VAR_LOAD_RESOLVE and name != "page")
        super().enter_frame(frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        """`{% set … %}`."""
        self._keeps |= frame.toplevel
        super().visit_Assign(node, frame)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802
        """`{% set … %}…{% endset %}`."""
        self._keeps |= frame.toplevel
        super().visit_AssignBlock(node, frame)

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """A name; whoever uses `page` as a whole reads all of it."""
        if node.name == "page" and node.ctx == "load":
            self._reads.add("page")
        super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`x.name`."""
        if node.attr in OF_DICTS:
            super().visit_Getattr(node, frame)
        else:
            self._from_dict(node.node, node.attr, "getattr", frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """`x["name"]`."""
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            self._from_dict(node.node, node.arg.value, "getitem", frame)
        else:
            super().visit_Getitem(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """`x(…)`; a plain macro needs nothing of what Jinja does for other callables."""
        if (said := self._said(node, frame)) is not None:
            self.write(f"({said!r}")
            if node.kwargs:
                self.write(" % ")
                self.visit(nodes.Dict([nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]), frame)
            self.write(")")
        elif forward_caller or not _is_plain(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
        elif node is self._written:
            self._call(node, frame, "{0}.text", "partial(shown_call, context, {0}{1})")
        else:
            self._call(node, frame, "{0}", "partial(context.call, {0}{1})")

    def _said(self, node: nodes.Node, frame: Frame) -> Markup | None:
        """What `_("…")` says in the language of the environment, before `%(name)s` is filled in; None for anything
        else, and where the template gives `_` a meaning of its own."""
        asks = node.node.name if _is_plain(node) and isinstance(node.node, nodes.Name) else ""
        if not _is_plain(node) or asks not in SENTENCES or len(node.args) != 1 or not _escapes(frame):
            return None
        load = frame.symbols.find_load(frame.symbols.ref(asks))
        asked = node.args[0].value if isinstance(node.args[0], nodes.Const) else None
        if load is None or load[0] != VAR_LOAD_RESOLVE or not isinstance(asked, str):
            return None
        said = Markup(self.environment.sentence(asked))
        return said if node.kwargs else said % {}

    def _call(self, node: nodes.Call, frame: Frame, if_macro: str, otherwise: str) -> None:
        held = (("_loop_vars", frame.loop_frame), ("_block_vars", frame.block_frame))
        scopes = "".join(f", {name}={name}" for name, there in held if there)
        here = self.temporary_identifier()
        self.write(f"({if_macro.format(here)} if type({here} := ")
        self.visit(node.node, frame)
        self.write(f") is PlainMacro else {otherwise.format(here, scopes)})(")
        for one in node.args:
            self.visit(one, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"**{{{named.key!r}: ")
            self.visit(named.value, frame)
            self.write("}, ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """The macro as a value."""
        special = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller
        names = [argument.name for argument in macro_ref.node.args]
        if special or "caller" in names or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().macro_def(macro_ref, frame)
        else:
            self.write(f"PlainMacro(environment, macro, {getattr(macro_ref.node, 'name', None)!r}, {names!r})")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        """`{% include … %}`."""
        if node.ignore_missing or not node.with_context:
            super().visit_Include(node, frame)
            return
        self.writeline("yield " if frame.buffer is None else f"{frame.buffer}.append(", node)
        self.write("environment.included(")
        self.visit(node.template, frame)
        self.write(f", context, {self.dump_local_context(frame)})")
        self.write("" if frame.buffer is None else ")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if not node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(f", context, {self.dump_local_context(frame)})")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        said = self._said(node, frame) if isinstance(node, nodes.Call) and not node.kwargs else None
        return super()._output_child_to_const(node, frame, finalize) if said is None else said

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
        elif _is_plain(node) and not node.kwargs:
            self._written = node
        else:
            here = self.temporary_identifier()
            self._shown_as.append(here)
            self.write(f"(escaped({here}) if type({here} := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame):
            super()._output_child_post(node, frame, finalize)
        elif not (_is_plain(node) and not node.kwargs):
            here = self._shown_as.pop()
            self.write(f") is str else shown({here}))")

    def _from_dict(self, holder: nodes.Expr, name: str, otherwise: str, frame: Frame) -> None:
        here = self.temporary_identifier()
        self.write(f"({here}[{name!r}] if type({here} := ")
        if isinstance(holder, nodes.Name) and holder.name == "page":
            self._reads.add(f"page.{name}")
            super().visit_Name(holder, frame)
        else:
            self.visit(holder, frame)
        self.write(f") is dict and {name!r} in {here} else environment.{otherwise}({here}, {name!r}))")


def _is_plain(node: nodes.Node) -> TypeGuard[nodes.Call]:
    """Whether a node calls something by its name, each argument written out."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return False
    return not node.dyn_args and not node.dyn_kwargs


def _escapes(frame: Frame) -> bool:
    """Whether it is known here that whatever is written is escaped."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile
