"""Keys of actions, by default or remapped by the user, under Textual's names and as printed on a keyboard."""

from collections.abc import Iterable, Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

PRINTED = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "dollar_sign": "$",
    "comma": ",",
    "full_stop": ".",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def bindings(nodes: Iterable[type[DOMNode]]) -> Iterator[Binding]:
    """Bindings of these screen and widget classes, own bindings before inherited ones."""
    for node in nodes:
        for ancestor in node.__mro__:
            bound = vars(ancestor).get("BINDINGS", ())
            yield from (binding for binding in bound if isinstance(binding, Binding) and binding.id)


def keys_by_action(nodes: Iterable[type[DOMNode]], remapped: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Textual's names of the keys of each action, by action id, in binding order."""
    found: dict[str, tuple[str, ...]] = {}
    for binding in bindings(nodes):
        assert binding.id is not None
        names = tuple(key.strip() for key in remapped.get(binding.id, binding.key).split(","))
        found.setdefault(binding.id, names)
    return found


def printed(key: str) -> str:
    """Textual's name of a key as the label on a keyboard."""
    return PRINTED.get(key, key)


def named(key: str) -> str:
    """The label of a key as Textual's name; other names are returned unchanged."""
    return _NAMES.get(key, key)


_NAMES = {mark: name for name, mark in PRINTED.items()}
