"""What the global options of one call ask for; the monitor opens when a command first needs it."""

import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmtui.model.base import Language
    from kmtui.model.edition import Edition
    from kmtui.monitor import Monitor
    from kmtui.settings import Choices, Configuration
    from kmtui.wording import Wording


PLUGIN_PATHS, EDITION_PATHS = "KMTUI_PLUGIN_PATH", "KMTUI_EDITION_PATH"
"""Variables of the environment that name folders as the options do."""


class Session:
    """One call of the command line."""

    def __init__(
        self,
        plugin_dirs: Sequence[Path] = (),
        edition_dirs: Sequence[Path] = (),
        lang: str | None = None,
        debug: bool = False,
    ) -> None:
        self.plugin_dirs = plugin_dirs
        self.edition_dirs = edition_dirs
        self.asked_language = lang
        self.debug = debug
        self.problems: list[str] = []
        self._reported: set[str] = set()

    @cached_property
    def configuration(self) -> "Configuration":
        """What the user has configured (raises SettingsError)."""
        from kmtui.settings import Configuration, NoHomeError, configuration_file, read_configuration

        try:
            return read_configuration(configuration_file())
        except NoHomeError:
            return Configuration()

    @cached_property
    def choices(self) -> "Choices":
        """The saved choices; defaults, with a report, if they cannot be read."""
        from kmtui.settings import Choices, NoHomeError, SettingsError, choices_file, read_choices
        from kmtui.terminal import visible

        try:
            file = choices_file()
        except NoHomeError:
            return Choices()
        try:
            return read_choices(file)
        except (SettingsError, OSError) as error:
            problem = error if isinstance(error, SettingsError) else f"{file}: {error.strerror or error}"
            self.problems.append(f"{problem}; going on without what was remembered")
            print(visible(f"kmtui: {self.problems[-1]}"), file=sys.stderr)
            return Choices()

    @cached_property
    def monitor(self) -> "Monitor":
        """All plugins and editions; plugins that are switched off are named on standard error."""
        from kmtui.terminal import visible

        monitor = self.quiet_monitor
        for plugin in monitor.registry.failed:
            print(visible(f"kmtui: plugin '{plugin.id}' is switched off: {plugin.error}"), file=sys.stderr)
        return monitor

    @property
    def plugin_paths(self) -> list[Path]:
        """The folders and files of plugins that the user named."""
        return [*self.plugin_dirs, *self.configuration.plugin_paths]

    @cached_property
    def quiet_monitor(self) -> "Monitor":
        """The same, for commands that show the plugins' state themselves."""
        from kmtui.monitor import open_monitor

        return open_monitor(
            self.plugin_paths,
            [*self.edition_dirs, *self.configuration.edition_paths],
            disabled=self.choices.disabled_plugins,
        )

    def select(self, edition_id: str | None) -> "Sequence[Edition]":
        """The editions asked for; those that may belong among them but cannot be opened are named on standard error."""
        selection = self.monitor.selection(edition_id)
        for name, error in selection.passed_over.items():
            self.tell(f"edition '{name}' is passed over: {error}")
        for problem in self.monitor.problems:
            self.tell(problem)
        return selection.editions

    def tell(self, problem: str) -> None:
        """Print a problem on standard error, once."""
        from kmtui.terminal import visible

        if problem not in self._reported:
            self._reported.add(problem)
            print(visible(f"kmtui: {problem}"), file=sys.stderr)

    def edition(self, edition_id: str | None) -> "Edition":
        """The requested edition, else the newest, reported in the same way."""
        if edition_id is not None:
            self.monitor.entry(edition_id)
        return self.select(edition_id)[0]

    @cached_property
    def language(self) -> "Language":
        """The language of labels."""
        from kmtui.terminal import language_of

        return language_of(self.asked_language or self.choices.language or self.configuration.language)

    @cached_property
    def wording(self) -> "Wording":
        """The words of that language."""
        from kmtui.wording import Wording

        return Wording(self.language)
