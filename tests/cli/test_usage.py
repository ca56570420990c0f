"""What every call has in common: help, version, wrong usage, and the streams and statuses of each."""

import os
import pty
import subprocess
from collections.abc import Iterator

import click
import pytest

import kmtui as package
from kmtui.cli.app import cli

DONE, FELL_SHORT, WRONG_USAGE = 0, 1, 2


def commands(group: click.Command = cli, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            yield from commands(group.get_command(click.Context(group), name), *path, name)


@pytest.mark.parametrize("path", commands(), ids=lambda path: " ".join(path) or "kmtui")
def test_every_command_explains_itself(kmtui, path):
    helped = kmtui(*path, "--help")
    assert (helped.status, helped.err) == (DONE, "")
    assert helped.out.startswith(f"Usage: {' '.join(['kmtui', *path])} ")
    assert "--help" in helped.out
    assert max(map(len, helped.out.splitlines())) <= 100


def test_help_names_every_command_and_every_column(kmtui):
    helped = kmtui("-h").out
    for name in cli.list_commands(click.Context(cli)):
        assert f"\n  {name} " in helped
    for option in ("--plugin-dir", "--edition-dir", "--lang", "--debug", "--version"):
        assert option in helped
    helped = kmtui("export", "--help").out
    assert "edition,corps,area,dimension,level,possible,basis,source,note" in helped
    assert "edition,corps,scheme,computed,possible,published,agrees,reasons" in helped


def test_the_version_is_that_of_the_package(kmtui):
    told = kmtui("--version")
    assert (told.status, told.out, told.err) == (DONE, f"kmtui, version {package.__version__}\n", "")


WRONG = {
    "whatif utrecht weging=rood weging=geel": "dimension 'weging' is given twice",
    "exprot": "unknown command 'exprot' (did you mean 'export'?)",
    "zzz": "unknown command 'zzz', expected one of open, export, show, verify",
    "show korps utrecht": "Did you mean 'corps'?",
    "show corps": "Missing argument 'ID'",
    "show corps utregt": "unknown corps 'utregt' (did you mean 'utrecht'?)",
    "show corps atlantis --edition 2012": "unknown corps 'atlantis', expected one of groningen, friesland",
    "show corps utrecht --edition 2013": "unknown edition '2013' (did you mean '2012'?)",
    "show corps utrecht --scheme referentiekader-2009": "unknown weighting scheme 'referentiekader-2009' (did you mean",
    "show dimension wegign": "unknown dimension 'wegign' (did you mean 'weging'?)",
    "export scoers": "'scoers' is not one of 'scores', 'verdicts'",
    "export --edition 2013": "unknown edition '2013' (did you mean '2012'?)",
    "export verdicts --scheme referentiekader-2009": "unknown weighting scheme 'referentiekader-2009' (did you mean",
    "export scores --scheme referentiekader-2009": "unknown weighting scheme 'referentiekader-2009' (did you mean",
    "export --dialect csv": "'csv' is not one of 'rfc4180', 'excel-nl'",
    "export --dialekt excel-nl": "No such option",
    "weigh --scheme referentiekader-2008": "Missing argument 'FILE'",
    "weigh -": "Missing option '--scheme'",
    "weigh - --scheme referentiekader2008": "unknown weighting scheme 'referentiekader2008' (did you mean",
    "weigh - --scheme referentiekader-2008 --set geel-naast-rood": "expected PARAMETER=NUMBER",
    "weigh - --scheme referentiekader-2008 --set geel-naast-rood=two": "expected PARAMETER=NUMBER",
    "weigh - --scheme referentiekader-2008 --set geel-naast-rood=²": "expected PARAMETER=NUMBER",
    "weigh - --scheme referentiekader-2008 --set geel-naast-rood=9": "geel-naast-rood is 9, expected 1 to 4",
    "weigh - --scheme referentiekader-2008 --set groen=1": "no parameter groen; it has geel-naast-rood",
    "weigh . --scheme referentiekader-2008": "is a directory",
    "show corps utrecht --edition all": "unknown edition 'all', expected one of",
    "verify all": "unknown edition 'all', expected one of",
    "export scores --mapping eenheden-2031": "unknown unit mapping 'eenheden-2031' (did you mean 'eenheden-2013'?)",
    "plugins lsit": "Did you mean 'list'?",
    "editions chekc": "Did you mean 'check'?",
    "editions check 2021": "unknown edition '2021' (did you mean '2012'?)",
    "--lang fr editions list": "'fr' is not one of 'nl', 'en'",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_told_in_one_line_and_gives_nothing(kmtui, line):
    told = kmtui(*line.split())
    assert told.status == WRONG_USAGE
    assert told.out == ""
    assert WRONG[line] in told.err
    assert told.err.startswith("kmtui: ")
    assert told.err.count("\n") == 1


def test_without_a_terminal_there_is_no_interface_but_a_clear_word(kmtui):
    told = kmtui()
    assert (told.status, told.out) == (WRONG_USAGE, "")
    assert "needs a terminal" in told.err
    assert "kmtui export" in told.err


@pytest.mark.parametrize("group", ["show", "plugins", "editions"])
def test_a_group_alone_lists_its_commands_line_by_line(kmtui, group):
    told = kmtui(group)
    assert (told.status, told.out) == (WRONG_USAGE, "")
    names = cli.get_command(click.Context(cli), group).commands
    lines = told.err.splitlines()
    assert lines[0] == f"Usage: kmtui {group} [OPTIONS] COMMAND [ARGS]..."
    assert [line.split()[0] for line in lines[lines.index("Commands:") + 1 :]] == sorted(names)


def test_what_a_user_types_is_shown_and_not_obeyed(kmtui):
    shown = kmtui.on_terminal("show", "corps", "\x1b[31mred\u202e")
    assert "unknown corps '␛[31mred<U+202E>'" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("missing", ["stdin", "stdout"])
def test_the_interface_wants_keys_and_screen_on_a_terminal(kmtui, missing):
    ours, its = pty.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), its) | {missing: subprocess.DEVNULL}
    try:
        done = subprocess.run([kmtui.path], cwd=kmtui.folder, env=kmtui.environment({}), timeout=30, **streams)
    finally:
        os.close(its)
        os.close(ours)
    assert done.returncode == WRONG_USAGE
