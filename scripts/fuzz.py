"""Feed damaged input to a reader: `.venv/bin/python scripts/fuzz.py TARGET --runs N` (needs `pip install kmtui[fuzz]`).

Atheris looks which inputs reach new code and goes on from those. Whatever the input, a reader gives a value or faults
that name the file; anything else is a crash, which is written to a file `crash-...` in the current folder.
"""

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = "tables/03.csv"


@dataclass(frozen=True)
class Target:
    """A reader: the file that it is given, and the seed to start from."""

    file: str
    seed: str
    read: Callable[[Path], None]


def targets() -> dict[str, Target]:
    """Every reader by name. A read raises nothing but AssertionError."""
    import kmtui.editions.figures  # here, so that what a part needs is looked into as well
    import kmtui.model.claims
    import kmtui.model.units  # noqa: F401
    from kmtui import open_monitor
    from kmtui.cli.weigh_file import KEY, ScoreReader, WeighFileError, weighed
    from kmtui.editions.errors import EditionError
    from kmtui.editions.parts import read_part
    from kmtui.files.sheets import SheetError, read_sheet
    from kmtui.plugins.discovery import bundled_folder, discover_at
    from kmtui.settings import SettingsError, read_choices, read_configuration

    monitor = open_monitor()
    edition = monitor.edition("2012")
    weigher = monitor.weigher_for(edition)
    bundled = bundled_folder("editions") / "2012"

    def told(folder: Path, error: EditionError | SettingsError) -> None:
        assert error.faults
        assert all(fault.problem and fault.file.is_relative_to(folder) for fault in error.faults), error.faults

    def part(name: str) -> Callable[[Path], None]:
        def read(folder: Path) -> None:
            try:
                read_part(folder, name, edition, monitor.context)
            except EditionError as error:
                told(folder, error)

        return read

    def whole(folder: Path) -> None:
        _, faults = monitor.check(folder)
        assert all(fault.problem and fault.file.is_relative_to(folder) for fault in faults), faults

    def settings(read_settings: Callable[[Path], object], name: str) -> Callable[[Path], None]:
        def read(folder: Path) -> None:
            try:
                read_settings(folder / name)
            except SettingsError as error:
                told(folder, error)

        return read

    def manifest(folder: Path) -> None:
        for found in discover_at(folder):
            assert isinstance(found.id + found.version + found.error, str)

    def weigh(folder: Path) -> None:
        raw = io.BytesIO((folder / "scores.csv").read_bytes())
        try:
            reader = ScoreReader(read_sheet(raw, "scores.csv"), weigher, KEY, ())
            for scored in reader.scores():
                assert len(weighed(scored, weigher)) == 5
            faults: Sequence[str] = reader.faults
        except WeighFileError as error:
            faults = error.faults
        except SheetError as error:
            faults = [str(error)]
        assert all(fault.startswith("scores.csv") for fault in faults)

    scores = (
        ",".join(["corps", *weigher.framework.dimension_ids]) + "\nx" + ",groen" * len(weigher.framework.dimensions)
    )
    there = {
        "edition": ("edition.toml", whole),
        "corps": ("corps/utrecht.toml", whole),
        "claims": ("claims.toml", part("claims")),
        "counts": ("counts.toml", part("counts")),
        "picture": ("picture.toml", part("picture")),
        "recommendations": ("recommendations.toml", part("recommendations")),
        "unit": ("units/limburg.toml", part("units")),
        "indicators": ("indicators.toml", part("figures")),
        "table": (TABLE, part("figures")),
    }
    seeds = {name: Target(file, (bundled / file).read_text("utf-8"), read) for name, (file, read) in there.items()}
    config = 'plugin_paths = ["~/x"]\nedition_paths = []\nlanguage = "en"\ntheme = "nord"\n[keys]\n"matrix.up" = "up"\n'
    project = '[project]\nname = "x"\nversion = "1"\n[project.entry-points.kmtui]\nx = "x"\n'
    return seeds | {
        "configuration": Target("config.toml", config, settings(read_configuration, "config.toml")),
        "choices": Target("choices.toml", 'disabled_plugins = ["x"]\n', settings(read_choices, "choices.toml")),
        "manifest": Target("pyproject.toml", project, manifest),
        "weigh": Target("scores.csv", scores, weigh),
    }


def place(target: Target, folder: Path) -> Callable[[bytes], None]:
    """What puts bytes into the target's file, in a folder with all that it needs beside it, and reads them."""
    from kmtui.plugins.discovery import bundled_folder

    if target.file in ("edition.toml", "corps/utrecht.toml"):
        shutil.copytree(bundled_folder("editions") / "2012", folder, dirs_exist_ok=True)
    elif target.file == TABLE:
        shutil.copy(bundled_folder("editions") / "2012" / "indicators.toml", folder)
    file = folder / target.file
    file.parent.mkdir(exist_ok=True)

    def run(data: bytes) -> None:
        file.write_bytes(data)
        target.read(folder)

    return run


def _each(names: Iterable[str], runs: int) -> Iterator[str]:
    """Run each target in a process of its own, and give those that fail, with what they say."""
    for name in names:
        done = subprocess.run([sys.executable, __file__, name, f"--runs={runs}"], stderr=subprocess.PIPE, text=True)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            yield name
        else:
            print(f"{name}: {runs} inputs")


def main() -> None:
    """Run one target, or one after the other, for a number of inputs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("target", help="a reader, 'all' or 'list'")
    parser.add_argument("--runs", type=int, default=10_000)
    arguments = parser.parse_args()
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: .venv/bin/pip install -c constraints.txt -e '.[fuzz]'")
    with atheris.instrument_imports(include=["kmtui"]):
        known = targets()
    if arguments.target == "all":
        sys.exit(f"failed: {', '.join(failed)}" if (failed := [*_each(known, arguments.runs)]) else 0)
    if arguments.target not in known:
        sys.exit(f"expected one of {', '.join(known)}, found {arguments.target}")
    target = known[arguments.target]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as corpus:
        (Path(corpus) / "seed").write_text(target.seed, "utf-8")
        options = [sys.argv[0], f"-runs={arguments.runs}", "-timeout=20", "-rss_limit_mb=2048", "-verbosity=0"]
        atheris.Setup([*options, f"-max_len={2 * len(target.seed.encode())}", corpus], place(target, Path(folder)))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
