"""Commands and formats that plugins add to the command line."""

import csv
import io
import json

import pytest

CODE = """
import kmtui

TEXT = kmtui.Text(nl="Tellen", en="Count")


def make():
    import click

    @click.command("count", help="Count the corps of an edition.")
    @click.option("--edition")
    @click.pass_obj
    def count(session, edition):
        click.echo(len(session.edition(edition).corps))
        FAIL

    return count


@kmtui.hookimpl
def commands():
    return [kmtui.Command(id="count", help=TEXT, make=make)]


def write(context):
    import json

    for row in context.rows:
        yield json.dumps(dict(zip(context.columns, row))) + "\\n"


@kmtui.hookimpl
def exporters():
    return [kmtui.Exporter(id="regels", name=TEXT, suffix="regels", write=write)]
"""


@pytest.fixture
def run(kmtui, tmp_path, write_plugin):
    def run(*arguments, code=CODE):
        folder = tmp_path / "counting"
        if not folder.exists():
            write_plugin(folder, code.replace("FAIL", "pass"))
        return kmtui("--plugin-dir", folder, *arguments)

    return run


def test_a_command_of_a_plugin_runs_with_the_session(run):
    outcome = run("count", "--edition", "2012")
    assert (outcome.status, outcome.out, outcome.err) == (0, "27\n", "")


def test_its_help_and_wrong_usage_are_its_own(run):
    assert "Count the corps of an edition." in run("count", "--help").out
    refused = run("count", "--editoin", "2012")
    assert refused.status == 2
    assert "--editoin" in refused.err


def test_it_is_listed_and_suggested(run):
    assert "adds   kmtui count: Count" in run("plugins", "list").out
    assert "unknown command 'cuont' (did you mean 'count'?)" in run("cuont").err


def test_what_kmtui_refuses_is_told_as_ever(run):
    refused = run("count", "--edition", "2021")
    assert refused.status == 2
    assert "unknown edition '2021'" in refused.err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("FAIL", "raise ValueError('too many')"), "plugin 'counting': command 'count' raised ValueError: too many"),
        (("    import click", "    raise KeyError('x')"), "plugin 'counting': command 'count' raised KeyError: 'x'"),
        (
            ("    return count", "    return 5"),
            "command 'count' raised TypeError: make() returned int, expected a click",
        ),
    ],
)
def test_a_command_that_fails_is_told_with_its_plugin(run, change, told):
    refused = run("count", "--edition", "2012", code=CODE.replace(*change))
    assert refused.status == 1
    assert told in refused.err


def test_a_table_is_written_in_a_format_of_a_plugin(run, kmtui):
    written = [json.loads(line) for line in run("export", "verdicts", "--format", "regels").out.splitlines()]
    assert written == list(csv.DictReader(io.StringIO(kmtui("export", "verdicts").out)))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "regel"], "unknown format 'regel' (did you mean 'regels'?)"),
        (["all", "--format", "regels"], "'all' needs a place to write to"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(run, arguments, told):
    refused = run("export", *arguments)
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err


def test_a_format_that_fails_is_told_with_its_plugin(run):
    code = CODE.replace("for row in context.rows:", "for row in context.rows[0]:")
    refused = run("export", "--format", "regels", code=code)
    assert refused.status == 1
    assert "plugin 'counting': exporter 'regels' raised TypeError" in refused.err
