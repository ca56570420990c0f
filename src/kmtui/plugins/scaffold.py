"""A new plugin project: what it is called, and its files, rendered by copier from the templates in this package.

A plan is made without touching the disk. The files are rendered beside the project's folder and then put in their
place, so that nothing is half-written when something fails.
"""

import importlib.metadata
import importlib.util
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from keyword import iskeyword
from pathlib import Path

import msgspec

from kmtui.files.faults import unknown
from kmtui.files.writing import draft_of
from kmtui.plugins.found import BUNDLED
from kmtui.plugins.registry import KINDS as OFFERED
from kmtui.plugins.registry import ROLL_UPS, Registry
from kmtui.plugins.specs import API_VERSION

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "plugin"
COMMON = "common"
MARK = "EDIT"
"""Stands at every line of a new project that is its author's to change."""
LONGEST_ID = 40
"""Templates make longer ids from it."""
_NAME = re.compile(r'[^"\\]{1,60}')
_RESERVED = {"kmtui", "tests", "conftest", "test_plugin"}


class Kind(msgspec.Struct, frozen=True):
    """Something that an author can make: the hook that offers it, what it is, and the command that shows it."""

    hook: str
    about: str
    look: str = ""
    upon: str = ""
    """The kind whose files it starts from."""


KINDS: Mapping[str, Kind] = {
    "framework": Kind("frameworks", "a framework: focus areas, dimensions, scale, and its rules"),
    "dimension": Kind(
        "dimensions", "a dimension that joins a framework, scored from figures", "kmtui show dimension {id}"
    ),
    "weighting-scheme": Kind(
        "weighting_schemes", "a weighting scheme made of rules", "kmtui export verdicts --scheme {id}"
    ),
    "coded-scheme": Kind(
        "weighting_schemes", "a weighting scheme written in Python", "kmtui export verdicts --scheme {id}"
    ),
    "crosswalk": Kind(
        "crosswalks", "a crosswalk: what became of the dimensions of an older framework", upon="framework"
    ),
    "partner-type": Kind("partner_types", "a partner that the corps judge"),
    "unit-mapping": Kind(
        "unit_mappings", "a unit mapping: which corps make up which unit", "kmtui export units --mapping {id}"
    ),
    "roll-up": Kind("roll_ups", "a way to roll scores up to a unit", "kmtui export units --roll-up {id}"),
    "edition": Kind("edition_folders", "an edition", "kmtui export scores --edition {id}"),
    "exporter": Kind("exporters", "a format for `kmtui export`", "kmtui export scores --format {id}"),
    "command": Kind("commands", "a command of kmtui", "kmtui {id}"),
    "panel": Kind("panels", "a section of the pages about corps", "kmtui show corps ID"),
}
"""Every kind of plugin project, by its name, which is also that of its templates."""


class ScaffoldError(Exception):
    """The project cannot be made as it was asked for."""


class MissingToolError(Exception):
    """What renders the templates is not installed."""


class Plan(msgspec.Struct, frozen=True):
    """A project to be made."""

    kind: str
    folder: Path
    id: str
    name: str
    module: str

    @property
    def layers(self) -> tuple[str, ...]:
        """The templates that it is rendered from; a later one takes the place of an earlier one's files."""
        return tuple(layer for layer in (COMMON, KINDS[self.kind].upon, self.kind) if layer)

    @property
    def answers(self) -> dict[str, str | int]:
        """What copier would ask."""
        kind = KINDS[self.kind]
        return {
            "kind": self.kind,
            "hook": kind.hook,
            "about": kind.about,
            "id": self.id,
            "module": self.module,
            "name": self.name,
            "short": _short(self.id),
            "api": API_VERSION,
            "kmtui": importlib.metadata.version("kmtui"),
        }


class Scaffolded(msgspec.Struct, frozen=True):
    """A project that was made: its files, and how many lines in each are marked for its author."""

    plan: Plan
    files: tuple[Path, ...]
    marked: Mapping[Path, int]


def plan(
    kind: str,
    folder: Path,
    registry: Registry,
    *,
    plugin_id: str | None = None,
    name: str | None = None,
    again: bool = False,
    own_commands: Collection[str] = (),
) -> Plan:
    """Decide what the project is called; id and name come from the folder's name unless they are given.

    Raises ScaffoldError for names that cannot be, or that another plugin has; `again` allows those of a plugin that is
    there already and gets new files.
    """
    if kind not in KINDS:
        raise ScaffoldError(unknown("kind", kind, KINDS))
    folder = folder.absolute() if folder.name not in ("", "..") else folder.resolve()
    chosen = slug(folder.name) if plugin_id is None else plugin_id
    if not chosen:
        raise ScaffoldError(f"the folder's name '{folder.name}' makes no id; name one with --id")
    if chosen != slug(chosen) or len(chosen) > LONGEST_ID:
        close_to = slug(chosen)[:LONGEST_ID].strip("-")
        hint = f" (did you mean '{close_to}'?)" if close_to and close_to != chosen else ""
        wanted = f"lower-case letters, digits and single hyphens, {LONGEST_ID} at most"
        raise ScaffoldError(f"id '{chosen}' is no slug: expected {wanted}{hint}")
    title = (chosen.replace("-", " ").capitalize() if name is None else name).strip()
    if not _NAME.fullmatch(title) or not title.isprintable():
        raise ScaffoldError(f'name {title!r}: expected 1 to 60 printable characters without " and \\')
    made = Plan(kind, folder, chosen, title, chosen.replace("-", "_"))
    _refuse_module(made)
    _refuse_taken(made, registry, again)
    if KINDS[kind].hook == "commands" and chosen in own_commands:
        raise ScaffoldError(f"kmtui has a command '{chosen}' of its own; choose another --id")
    return made


def slug(text: str) -> str:
    """The nearest id to a text, empty where it has no letter and no digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _short(plugin_id: str) -> str:
    """The head of a narrow column: initials, or the beginning of a single word."""
    words = plugin_id.split("-")
    return "".join(word[0] for word in words[:4]).upper() if len(words) > 1 else plugin_id[:3].capitalize()


def _refuse_module(made: Plan) -> None:
    module, cure = made.module, "choose another one with --id"
    if not module.isidentifier():
        raise ScaffoldError(f"id '{made.id}' makes no Python module, whose name starts with a letter; {cure}")
    if iskeyword(module):
        raise ScaffoldError(f"id '{made.id}' is a keyword of Python; {cure}")
    if module in sys.stdlib_module_names:
        raise ScaffoldError(f"id '{made.id}' would hide Python's own module '{module}'; {cure}")
    if module in _RESERVED:
        raise ScaffoldError(f"id '{made.id}' would hide kmtui's own module or the tests; {cure}")
    origin = _origin(module)
    if origin is not None and not origin.is_relative_to(made.folder):
        raise ScaffoldError(f"id '{made.id}' would hide the module '{module}' in {origin.parent}; {cure}")


def _origin(module: str) -> Path | None:
    """Where an installed module of this name is."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin) if spec is not None and spec.origin is not None else None


def _refuse_taken(made: Plan, registry: Registry, again: bool) -> None:
    for plugin in registry.plugins:
        if plugin.id == made.id and (plugin.source == BUNDLED or not again):
            raise ScaffoldError(f"id '{made.id}' is that of a {plugin.source} plugin in {plugin.location}")
    for hook in (KINDS[layer].hook for layer in made.layers if layer in KINDS):
        owner = _owner(hook, made.id, registry)
        if owner not in ("", made.id):
            raise ScaffoldError(f"{owner} offers a {OFFERED[hook]} '{made.id}' already; choose another --id")


def _owner(hook: str, name: str, registry: Registry) -> str:
    """The owner of an existing thing of this name; empty if there is none."""
    if hook not in OFFERED:
        return ""
    if hook == "roll_ups" and name in ROLL_UPS:
        return "kmtui"
    if hook == "dimensions":
        for framework in registry.frameworks.values():
            if name in framework.dimension_ids:
                return registry.owners.get((OFFERED[hook], name), registry.owners["framework", framework.id])
    return registry.owners.get((OFFERED[hook], name), "")


def make(made: Plan, *, force: bool = False) -> Scaffolded:
    """Render the project and put it in its place; with `force` also where there are files, over those of the same name.

    Raises ScaffoldError where the folder cannot be used, MissingToolError without copier, and OSError.
    """
    folder = made.folder
    if not folder.parent.is_dir():
        raise ScaffoldError(f"there is no folder {folder.parent} to make '{folder.name}' in")
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise ScaffoldError(f"{folder} is there already, and is no folder")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise ScaffoldError(f"{folder} is there already, with files in it; --force writes over those of the same name")
    render = _renderer()
    with draft_of(folder) as beside:
        project = beside / "project"
        for layer in made.layers:
            render(project, made.answers | {"layer": layer})
        files = tuple(sorted(file.relative_to(project) for file in project.rglob("*") if file.is_file()))
        marked = {file: _marks(project / file) for file in files}
        if folder.is_dir():
            _put_over(project, folder, files, beside / "before")
        else:
            project.rename(folder)
    return Scaffolded(made, files, {file: count for file, count in marked.items() if count})


def _renderer() -> Callable[[Path, Mapping[str, str | int]], None]:
    """What renders a layer of the templates into a folder (raises MissingToolError)."""
    try:
        from copier import Settings, run_copy
    except ImportError as error:
        raise MissingToolError(
            f"'kmtui plugins new' needs copier, which cannot be imported ({error}); "
            "pip install 'kmtui[author]' brings it, with pytest"
        ) from error

    def render(project: Path, answers: Mapping[str, str | int]) -> None:
        run_copy(
            str(TEMPLATES),
            project,
            dict(answers),
            settings=Settings(),
            defaults=True,
            overwrite=True,
            quiet=True,
            skip_tasks=True,
        )

    return render


def _marks(file: Path) -> int:
    return sum(MARK in line for line in file.read_text("utf-8").splitlines())


def _put_over(project: Path, folder: Path, files: Iterable[Path], before: Path) -> None:
    """Move the files into a folder that is there; what they replace comes back when one of them cannot be moved.

    Each takes the place of an older one at once, so that at any time the one or the other stands.
    """
    with _undone_on_failure() as undo:
        for file in files:
            target = folder / file
            for parent in reversed([parent for parent in target.parents if not parent.exists()]):
                parent.mkdir()
                undo.append(parent.rmdir)
            if target.exists() or target.is_symlink():
                kept = before / file
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(target, kept, follow_symlinks=False)
                (project / file).replace(target)
                undo.append(lambda kept=kept, target=target: kept.replace(target))  # type: ignore[misc]
            else:
                (project / file).replace(target)
                undo.append(target.unlink)


@contextmanager
def _undone_on_failure() -> Iterator[list[Callable[[], object]]]:
    undo: list[Callable[[], object]] = []
    try:
        yield undo
    except BaseException:
        for step in reversed(undo):
            step()
        raise
