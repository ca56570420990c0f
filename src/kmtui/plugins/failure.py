"""What a plugin's function does wrong when it is called, told with the plugin's name."""

import contextlib
import sys
from collections.abc import Iterator


class PluginFailureError(Exception):
    """A function of a plugin has failed; everything else goes on."""

    def __init__(self, plugin: str, what: str, error: BaseException) -> None:
        words = " ".join(str(error).split())
        said = f"{type(error).__name__}: {words}" if words else type(error).__name__
        super().__init__(f"plugin '{plugin}': {what} raised {said}")
        self.plugin = plugin


@contextlib.contextmanager
def blaming(
    plugin: str, what: str, *, but: tuple[type[BaseException], ...] = (), aloud: bool = False
) -> Iterator[None]:
    """Run a plugin's function: what it raises becomes a PluginFailureError with its name, `but` not these errors.

    What it prints goes to standard error, so that it cannot spoil a result, unless it may speak `aloud`.
    """
    try:
        with contextlib.nullcontext() if aloud else contextlib.redirect_stdout(sys.stderr):
            yield
    except but:
        raise
    except (Exception, SystemExit) as error:
        raise PluginFailureError(plugin, what, error) from error
