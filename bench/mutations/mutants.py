"""Breaks a generated script in small ways, one well-formed change each.

Usage: mutants.py SCRIPT   Only functions that take `params` are changed, those of the job itself: the others are the same
in every script, and `npm run test:operations` proves them. Prints one JSON object a line: kind, function, line, and the
edit in UTF-8 bytes.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

JOINS = {"left": "inner", "inner": "left", "right": "inner", "full": "left", "left_anti": "left_semi", "left_semi": "left_anti"}
NEIGHBOURS = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
OPPOSITES = {ast.Eq: "!=", ast.NotEq: "=="}
ARITHMETIC = {ast.Add: "-", ast.Sub: "+", ast.Mult: "+", ast.Div: "*"}
AGGREGATES = {"first": "last", "last": "first", "max": "min", "min": "max", "sum": "max", "avg": "max"}
TRIMS = {"trim", "ltrim", "rtrim", "btrim", "trim_blanks", "bare"}
CASES = {"upper", "lower"}
# Bytes shown on both sides of a change: they tell it from the same change elsewhere.
BEFORE, AFTER = 200, 80
# What a message tells for sure is where the job stopped; its words are for people.
STAGE = re.compile(r"(Stage [^:]+):")
DATE_PATTERN = re.compile(r"(?=.*(yyyy|MM|dd|HH))[yMdHmsS'T/\-.: ]+")


@dataclass(frozen=True)
class Edit:
    """A change: the text of a node, replaced."""

    kind: str
    node: ast.AST
    after: str


class Source:
    """A script with the place of each line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.encoded = text.encode()
        self.module = ast.parse(text)
        self.starts = [0]
        for line in self.encoded.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node begins and ends, in bytes."""
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset


class Mutator:
    """Finds the changes of one function."""

    def __init__(self, source: Source, helpers: set[str]) -> None:
        self.source = source
        self.helpers = helpers
        self.pool: list[str] = []

    def text(self, node: ast.AST) -> str:
        """Source of a node."""
        start, end = self.source.span(node)
        return self.source.encoded[start:end].decode()

    def function(self, function: ast.FunctionDef) -> Iterator[Edit]:
        """Changes of all statements, but for the docstring."""
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        for statement in body:
            self.pool = columns_named(statement)
            yield from self.statement(statement)
            for node in ast.walk(statement):
                yield from self.expression(node)

    def statement(self, statement: ast.stmt) -> Iterator[Edit]:
        """What a task does outside, left out."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                name = called(node.value)
                if name in self.helpers:
                    yield Edit("dropped statement", node, "pass")
            if isinstance(node, ast.Assign) and self.text(node).startswith("variables."):
                yield Edit("dropped variable", node, "pass")

    def expression(self, node: ast.AST) -> Iterator[Edit]:
        """Changes of one expression."""
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield from self.comparison(node, left, op, right)
            case ast.BinOp(left=left, op=ast.BitAnd() | ast.BitOr() as op, right=right):
                other = "|" if isinstance(op, ast.BitAnd) else "&"
                yield Edit("and for or", node, f"(({self.text(left)}) {other} ({self.text(right)}))")
                yield Edit("dropped condition", node, f"({self.text(left)})")
            case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
                operator = ARITHMETIC[type(op)]
                yield Edit("other arithmetic", node, f"(({self.text(left)}) {operator} ({self.text(right)}))")
            case ast.UnaryOp(op=ast.Invert(), operand=operand):
                yield Edit("dropped not", node, f"({self.text(operand)})")
            case ast.Constant(value=str(value)) if DATE_PATTERN.fullmatch(value) and len(value) > 1:
                yield Edit("changed date format", node, repr(other_pattern(value)))
            case ast.Subscript(value=ast.Name(id="frames")):
                yield Edit("dropped output", node, f"{self.text(node)}.limit(0)")
            case ast.Call(func=ast.Attribute()):
                yield from self.method(node)
            case ast.Call(func=ast.Name(id=name)) if name in self.helpers:
                yield from self.helper(node, name)

    def comparison(self, node: ast.Compare, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Iterator[Edit]:
        """`<` for `<=`, `!=` for `==`."""
        sides = (self.text(left), self.text(right))
        if type(op) in NEIGHBOURS:
            yield Edit("< for <=", node, f"(({sides[0]}) {NEIGHBOURS[type(op)]} ({sides[1]}))")
        elif type(op) in OPPOSITES:
            yield Edit("opposite comparison", node, f"(({sides[0]}) {OPPOSITES[type(op)]} ({sides[1]}))")

    def method(self, call: ast.Call) -> Iterator[Edit]:
        """Changes of `frame.filter(…)`, `F.col(…)` and the like."""
        assert isinstance(call.func, ast.Attribute)
        name, of = call.func.attr, self.text(call.func.value)
        args = [self.text(argument) for argument in call.args]
        if of == "F":
            yield from self.spark_function(call, name, args)
        elif of == "tasks":
            if name in {"succeeded", "failed"}:
                yield Edit("other outcome", call.func, f"tasks.{'failed' if name == 'succeeded' else 'succeeded'}")
        else:
            yield from self.of_frame(call, name, of, args)
            yield from self.of_column(call, name, of, args)

    def of_frame(self, call: ast.Call, name: str, of: str, args: list[str]) -> Iterator[Edit]:
        """Changes of the methods of frames, windows and writers."""
        match name:
            case "join":
                for argument in [*call.args[2:], *(keyword.value for keyword in call.keywords)]:
                    if isinstance(argument, ast.Constant) and argument.value in JOINS:
                        yield Edit("other join", argument, repr(JOINS[str(argument.value)]))
            case "filter" | "where":
                yield Edit("removed filter", call, of)
            case "distinct" | "dropDuplicates":
                yield Edit("missing distinct", call, of)
                yield from self.fewer(call)
            case "union" | "unionByName":
                yield Edit("missing branch of a union", call, of)
            case "groupBy" | "partitionBy":
                yield from self.fewer(call)
            case "orderBy" if len(args) > 1:
                yield Edit("swapped sort keys", call, f"{of}.orderBy({', '.join([*args[1:], args[0]])})")
            case "orderBy" if isinstance(call.args[0], ast.Constant):
                yield Edit("last for first", call, f"{of}.orderBy(F.desc({args[0]}))")
            case "mode" if args and args[0] in {'"overwrite"', '"append"'}:
                other = "append" if "overwrite" in args[0] else "overwrite"
                yield Edit("other write mode", call.args[0], repr(other))
            case "select":
                for argument in call.args:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        other = self.other_column(argument.value)
                        if other is not None:
                            alias = argument.value.split(".")[-1]
                            yield Edit("other column", argument, f"F.col({other!r}).alias({alias!r})")

    def fewer(self, call: ast.Call) -> Iterator[Edit]:
        """One key less."""
        keys = call.args[0].elts if len(call.args) == 1 and isinstance(call.args[0], ast.List) else call.args
        if len(keys) > 1 and not any(isinstance(key, ast.Starred) for key in keys):
            shown = ", ".join(self.text(key) for key in keys[:-1])
            of = self.text(call.func)
            yield Edit("dropped key", call, f"{of}([{shown}])" if keys is not call.args else f"{of}({shown})")

    def of_column(self, call: ast.Call, name: str, of: str, args: list[str]) -> Iterator[Edit]:
        """Changes of the methods of columns."""
        match name:
            case "isNull" | "isNotNull":
                yield Edit("null test reversed", call, f"{of}.{'isNotNull' if name == 'isNull' else 'isNull'}()")
            case "otherwise":
                yield Edit("dropped else", call, of)
            case "when":
                yield Edit("dropped branch", call, of)
            case "eqNullSafe":
                yield Edit("null equals nothing", call, f"({of} == {args[0]})")
            case "cast":
                yield Edit("dropped cast", call, of)
                if isinstance(call.args[0], ast.Constant):
                    size = re.fullmatch(r"decimal\((\d+),\s*([1-9]\d*)\)", str(call.args[0].value))
                    if size:
                        yield Edit("changed type", call.args[0], f'"decimal({size[1]},{int(size[2]) - 1})"')
            case "substr":
                for argument, change in zip(call.args, ("+ 1", "- 1"), strict=True):
                    yield Edit("off by one", argument, f"({self.text(argument)}) {change}")

    def spark_function(self, call: ast.Call, name: str, args: list[str]) -> Iterator[Edit]:
        """Changes of the functions of pyspark.sql.functions."""
        first = call.args[0] if call.args else None
        if name == "col" and isinstance(first, ast.Constant):
            other = self.other_column(str(first.value))
            if other is not None:
                yield Edit("other column", call, f"F.col({other!r})")
        elif name == "lit":
            yield from changed_constant(first)
        elif name == "coalesce" and len(args) > 1:
            # In parentheses: a method may be called on it.
            yield Edit("dropped null branch", call, f"({as_column(first, args[0])})")
        elif name in TRIMS | CASES:
            kind = "dropped trim" if name in TRIMS else "dropped change of case"
            yield Edit(kind, call, as_column(first, args[0]))
        elif name in {"substring", "left", "right", "get", "element_at"}:
            for place, argument in enumerate(call.args[1:]):
                if isinstance(argument, ast.Constant):
                    # One later, one shorter: of a text that is too short anyway, one longer would change nothing.
                    change = -1 if place == 1 or name in {"left", "right"} else 1
                    yield Edit("off by one", argument, str(int(argument.value) + change))
        elif name in AGGREGATES:
            yield Edit("other aggregate", call.func, f"F.{AGGREGATES[name]}")
        elif name == "count" and isinstance(first, ast.Call) and called(first) == "col":
            yield Edit("other aggregate", first, "F.lit(1)")
        elif name.startswith(("asc", "desc")):
            direction = name.replace("asc", "desc", 1) if name.startswith("asc") else name.replace("desc", "asc", 1)
            yield Edit("swapped sort order", call.func, f"F.{direction}")
            if "nulls" in name:
                place = name.replace("first", "last") if name.endswith("first") else name.replace("last", "first")
                yield Edit("other place of nulls", call.func, f"F.{place}")
        elif name == "array_join" and len(args) > 1:
            yield Edit("other layout of a file", call.args[1], '";"' if args[1] != '";"' else '"|"')

    def helper(self, call: ast.Call, name: str) -> Iterator[Edit]:
        """Changes of what a job hands to the functions that all scripts share."""
        if name in TRIMS:
            yield Edit("dropped trim", call, self.text(call.args[0]))
        for argument in call.args[1:]:
            match argument:
                case ast.Constant(value=bool(value)):
                    yield Edit("changed option", argument, repr(not value))
                case ast.Constant(value=int(value)):
                    yield Edit("changed size", argument, str(value + 1 if value == 0 else value - 1))
                case ast.Constant(value=str(value)) if re.fullmatch(r"u?int\d+", value):
                    yield Edit("changed type", argument, '"int16"' if value != "int16" else '"int8"')
                case ast.Constant(value=str(value)) if value and not DATE_PATTERN.fullmatch(value):
                    kind = "changed statement" if name == "sql" else "changed option"
                    yield Edit(kind, argument, repr(STAGE.sub(r"\1x:", value) if STAGE.match(value) else value + "x"))

    def other_column(self, name: str) -> str | None:
        """Another column that the statement names, from the same side of a join."""
        side = name.split(".")[0] + "." if "." in name else ""
        same = [one for one in self.pool if one.startswith(side) and ("." in one) == ("." in name)]
        if name.startswith("_") or name.endswith("*") or name not in same or len(same) < 2:
            return None
        return same[(same.index(name) + 1) % len(same)]


def columns_named(statement: ast.stmt) -> list[str]:
    """Columns that a statement reads, in the order in which it names them."""
    names: dict[str, None] = {}
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"col", "select"}:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    names.setdefault(argument.value)
    return [name for name in names if not name.startswith("_") and not name.endswith("*") and "._" not in name]


def called(call: ast.Call) -> str:
    """Name of what is called, without its object."""
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr if isinstance(call.func, ast.Attribute) else ""


def as_column(node: ast.AST | None, text: str) -> str:
    """A column by name, or an expression as it stands."""
    return f"F.col({text})" if isinstance(node, ast.Constant) else text


def changed_constant(node: ast.AST | None, kind: str = "changed constant") -> Iterator[Edit]:
    """A number one higher, a text one character longer, in a number as text the last digit."""
    match node:
        case ast.Constant(value=bool(value)):
            yield Edit(kind, node, repr(not value))
        case ast.Constant(value=int(value) | float(value)):
            yield Edit(kind, node, repr(value + 1))
        case ast.Constant(value=str(value)):
            digits = re.fullmatch(r"(-?[\d.]*?)(\d)", value)
            yield Edit(kind, node, repr(digits[1] + str((int(digits[2]) + 1) % 10) if digits else value + "x"))


def other_pattern(pattern: str) -> str:
    """Month and day swapped, or one field in place of another."""
    if "MM" in pattern and "dd" in pattern:
        return pattern.replace("MM", "\0").replace("dd", "MM").replace("\0", "dd")
    return pattern.replace("HH", "hh") if "HH" in pattern else pattern.replace("yyyy", "yy").replace("MM", "dd")


def defaults(source: Source) -> Iterator[Edit]:
    """Defaults of parameters that something reads."""
    for node in source.module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="DEFAULTS")], value=ast.Dict(keys=keys, values=values)):
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and f'params["{key.value}"]' in source.text:
                        yield from changed_constant(value, "changed default")


def mutants(text: str) -> Iterator[dict[str, object]]:
    """Every change that gives another program."""
    source = Source(text)
    functions = [one for one in source.module.body if isinstance(one, ast.FunctionDef) and one.name != "main"]
    own = [one for one in functions if any(argument.arg == "params" for argument in one.args.args)]
    helpers = {one.name for one in functions if one not in own}
    found = [("DEFAULTS", edit) for edit in defaults(source)]
    for function in own:
        found += [(function.name, edit) for edit in Mutator(source, helpers).function(function)]
    for name, edit in found:
        start, end = source.span(edit.node)
        before = source.encoded[start:end].decode()
        if edit.after != "pass" and ast.dump(ast.parse(f"({before}\n)")) == ast.dump(ast.parse(f"({edit.after}\n)")):
            continue
        ast.parse(source.encoded[:start] + edit.after.encode() + source.encoded[end:])
        place = {"function": name, "line": edit.node.lineno, "start": start, "end": end}
        around = source.encoded[max(0, start - BEFORE) : end + AFTER].decode(errors="ignore")
        yield {"kind": edit.kind, **place, "before": before, "after": edit.after, "around": around}


if __name__ == "__main__":
    for mutant in mutants(Path(sys.argv[1]).read_text(encoding="utf-8")):
        print(json.dumps(mutant))
