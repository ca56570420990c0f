"""Failures of plugin functions, reported with the name of the plugin."""

import contextlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar

from kmtui.terminal import diverted_output

LONGEST = 500
"""Characters of an error that are shown."""


class PluginFailureError(Exception):
    """A function of a plugin has failed."""

    def __init__(self, plugin: str, what: str, error: BaseException) -> None:
        super().__init__(f"plugin '{plugin}': {what} raised {error_text(error)}")
        self.plugin = plugin


def error_text(error: BaseException) -> str:
    """The type and message of a plugin's error in one line of at most `LONGEST` characters; `str` of it may fail."""
    try:
        words = " ".join(str(error).split())
        text = f"{type(error).__name__}: {words}" if words else type(error).__name__
    except Exception:
        return "an error without a printable message"
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


@contextlib.contextmanager
def blaming(
    plugin: str, what: str, *, but: tuple[type[BaseException], ...] = (), aloud: bool = False
) -> Iterator[None]:
    """Run a plugin's function: what it raises becomes a PluginFailureError with its name, `but` not these errors.

    What it prints goes to standard error, so that it cannot spoil a result, unless it may speak `aloud`.
    """
    try:
        with contextlib.nullcontext() if aloud else diverted_output():
            yield
    except KeyboardInterrupt:
        raise
    except but:
        raise
    except BaseException as error:
        failure = PluginFailureError(plugin, what, error)
        note_failure(str(failure))
        raise failure from error


_NOTED: ContextVar[dict[str, None] | None] = ContextVar("kmtui_plugin_failures", default=None)


@contextlib.contextmanager
def noted_failures() -> Iterator[Mapping[str, None]]:
    """Collect the failures of plugins inside this context, in order, also those that are caught and shown in a page."""
    noted: dict[str, None] = {}
    token = _NOTED.set(noted)
    try:
        yield noted
    finally:
        _NOTED.reset(token)


def note_failure(problem: str) -> None:
    """Add to the failures that are collected, if they are."""
    noted = _NOTED.get()
    if noted is not None:
        noted[problem] = None
