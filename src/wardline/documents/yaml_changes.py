"""A document changed where somebody asks for it, and nowhere else: comments, order and every other byte stay.

The place of what is to change is taken from ruamel.yaml's own tree, and only that piece of the text is written anew, by
the same writer as a draft. Loading and dumping the whole document would keep most comments as well, but would move some
of them, and lay out again what nobody has touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from wardline.documents.yaml_text import Path_, parse_document
from wardline.documents.yaml_writer import EntryValue, value_in_yaml

__all__ = ["change_yaml"]

INDENT = 2


def change_yaml(text: str, changes: Mapping[Path_, EntryValue | None]) -> str:
    """The text with each of these values written in the place of what is there; None takes the key out.

    A key that is not there yet takes the place of a line that was left open for it (`# only where: …`, as a draft has
    it), and else stands behind the others of its mapping. What a value replaces goes with the comments inside it.
    Raises DocumentError where the text is no document, LookupError where a path leads nowhere.
    """
    for path, value in changes.items():
        expected = _with_change(parse_document(text, "the document").data, path, value)
        root = YAML(typ="rt", pure=True).compose(text)
        within = _node_at(root, path[:-1])
        if len(path) > 1 and _is_nothing(within) and value is not None:
            text = _with_first_key(text, _node_at(root, path[:-2]), path[-2], path[-1], value)
        else:
            text = _changed(text, within, path[-1], value)
        assert parse_document(text, "the document").data == expected, f"changing {path} has changed more than that"
    return text


def _changed(text: str, within: Node, step: str | int, value: EntryValue | None) -> str:
    if isinstance(within, MappingNode):
        return _with_key_changed(text, within, step, value)
    if isinstance(within, SequenceNode) and isinstance(step, int) and value is not None and step < len(within.value):
        item = within.value[step]
        return text[: item.start_mark.index] + value_in_yaml(value) + text[_end(text, item) :]
    raise LookupError(f"there is nothing to change at {step}")


def _with_key_changed(text: str, within: MappingNode, step: str | int, value: EntryValue | None) -> str:
    pairs = within.value
    at = next((at for at, (key, _) in enumerate(pairs) if key.value == step), None)
    if at is None and value is None:
        raise LookupError(f"there is no {step} to take out")
    if at is None:
        return _with_new_key(text, within, f"{value_in_yaml(str(step))}: {value_in_yaml(value or '')}")
    if value is None:
        return _without_key(text, within, at)
    key, old = pairs[at]
    colon = text.index(":", key.end_mark.index) + 1
    return f"{text[:colon]} {value_in_yaml(value)}{text[max(_end(text, old), colon) :]}"


def _with_new_key(text: str, within: MappingNode, written: str) -> str:
    if within.flow_style:
        inside = _end(text, within) - 1
        return f"{text[:inside].rstrip()}{', ' if within.value else ''}{written}{text[inside:]}"
    first, last = within.value[0][0], within.value[-1]
    start, end = within.start_mark.index, within.end_mark.index
    if (taken_up := _with_open_line(text, (start, end), first.start_mark.column, written)) is not None:
        return taken_up
    line_end = _line_end(text, max(_end(text, node) for node in last))
    return f"{text[:line_end]}\n{' ' * first.start_mark.column}{written}{text[line_end:]}"


def _with_first_key(text: str, outer: Node, key: str | int, step: str | int, value: EntryValue) -> str:
    """With a key below one that has nothing yet, or comments only."""
    if not isinstance(outer, MappingNode) or outer.flow_style:
        raise LookupError(f"there is nothing below {key}")
    at = next(at for at, (named, _) in enumerate(outer.value) if named.value == key)
    named = outer.value[at][0]
    is_last = at + 1 == len(outer.value)
    end = outer.end_mark.index if is_last else outer.value[at + 1][0].start_mark.index
    written, column = f"{value_in_yaml(str(step))}: {value_in_yaml(value)}", named.start_mark.column + INDENT
    start = text.index(":", named.end_mark.index) + 1
    if (taken_up := _with_open_line(text, (start, end), column, written)) is not None:
        return taken_up
    line_end = _line_end(text, start)
    return f"{text[:line_end]}\n{' ' * column}{written}{text[line_end:]}"


def _with_open_line(text: str, between: tuple[int, int], column: int, written: str) -> str | None:
    """With the line in the place of one that was left open for its key: `# key: …`, in the key's own column."""
    key = written.partition(": ")[0]
    line = re.compile(rf"^ {{{column}}}# {re.escape(key)}:[^\n]*", re.MULTILINE)
    found = line.search(text, *between)
    return None if found is None else f"{text[: found.start()]}{' ' * column}{written}{text[found.end() :]}"


def _is_nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.value and node.style is None


def _without_key(text: str, within: MappingNode, at: int) -> str:
    pairs = within.value
    (key, value), is_last = pairs[at], at == len(pairs) - 1
    start, end = key.start_mark.index, max(_end(text, value), text.index(":", key.end_mark.index) + 1)
    if within.flow_style:
        if not is_last:
            return text[:start] + text[pairs[at + 1][0].start_mark.index :]
        before = _end(text, pairs[at - 1][1]) if at else start
        return text[:before] + text[end:]
    if len(pairs) == 1:
        raise LookupError("a mapping must keep one key")
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip():
        # It stands behind the dash of a list, where the next key takes its place.
        return text[:start] + text[pairs[at + 1][0].start_mark.index :]
    return text[:line_start] + text[_line_end(text, end) + 1 :]


def _node_at(node: Node, path: Path_) -> Node:
    for step in path:
        if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            continue
        found = [value for key, value in node.value if key.value == step] if isinstance(node, MappingNode) else []
        if not found:
            raise LookupError(f"there is no {step} at {path}")
        node = found[0]
    return node


def _end(text: str, node: Node) -> int:
    """Where a node ends. (The mark of a collection in block style is where the next thing begins, comments later.)"""
    if isinstance(node, ScalarNode) or (isinstance(node, CollectionNode) and node.flow_style):
        return (
            len(text[: node.end_mark.index].rstrip())
            if node.end_mark.index > node.start_mark.index
            else node.end_mark.index
        )
    assert isinstance(node, CollectionNode)
    last = node.value[-1]
    return max(_end(text, each) for each in (last if isinstance(last, tuple) else (last,)))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _with_change(data: Any, path: Path_, value: EntryValue | None) -> Any:
    """What the document is to say after the change. Raises LookupError where the path leads nowhere."""
    step, further = path[0], path[1:]
    if data is None and not further and value is not None:
        return {step: _as_read(value)}
    if isinstance(data, dict) or (isinstance(data, list) and isinstance(step, int)):
        changed: Any = data.copy()
        if further:
            changed[step] = _with_change(changed[step], further, value)
        elif value is None:
            del changed[step]
        else:
            changed[step] = _as_read(value)
        return changed
    raise LookupError(f"there is nothing below it at {step}")


def _as_read(value: EntryValue) -> Any:
    """A value as it is read again: texts, lists and dicts of them; nothing for an empty text without quotation
    marks.
    """
    return parse_document(f"value: {value_in_yaml(value)}", "the value").data["value"]
