"""Shells complete ids of editions, corps, dimensions, tables, schemes and plugins."""

import shutil
import subprocess

import pytest

CASES = {
    "a corps": ("show corps ut", {"utrecht"}),
    "a dimension": ("show dimension toezicht-", {"toezicht-kwaliteit", "toezicht-continuiteit"}),
    "a unit": ("show unit lim", {"limburg"}),
    "a table": ("show table 30", {"30"}),
    "an edition": ("export --edition 20", {"2008", "2010", "2012"}),
    "all editions": ("export --edition a", {"all"}),
    "an edition to check": ("editions check 2012", {"2012"}),
    "a scheme": ("weigh --scheme referentiekader-2008", {"referentiekader-2008"}),
    "a corps of an edition": ("show corps --edition 2010 zeel", {"zeeland"}),
    "a plugin": ("plugins check keten", {"ketenpartners"}),
    "a table to export": ("export verd", {"verdicts"}),
    "nothing": ("show corps nope", set()),
    "an edition that does not exist": ("show corps --edition 1066 u", set()),
}


def completed(kmtui, shell, typed):
    """What a shell is offered for the last word."""
    words = ["kmtui", *typed.split()]
    last = {"fish": words[-1]}.get(shell, len(words) - 1)
    asked = kmtui(_KMTUI_COMPLETE=f"{shell}_complete", COMP_WORDS=" ".join(words), COMP_CWORD=last)
    assert asked.err == ""
    lines = asked.out.split()  # click writes an empty line where there is nothing
    if shell == "zsh":
        return set(lines[1::3])
    return {line.removeprefix("plain,") for line in lines} - {"plain"}


@pytest.mark.parametrize("case", CASES)
def test_ids_are_completed(kmtui, case):
    typed, expected = CASES[case]
    assert completed(kmtui, "bash", typed) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_is_offered_them(kmtui, shell):
    assert "utrecht" in completed(kmtui, shell, "show corps ut")


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_takes_what_is_offered(kmtui):
    """The script that click writes for bash, sourced and asked."""
    script = kmtui(_KMTUI_COMPLETE="bash_source").out
    asked = f'{script}\nCOMP_WORDS=(kmtui show corps ut) COMP_CWORD=3 COMPREPLY=()\n_kmtui_completion "{kmtui.path}"\n'
    done = subprocess.run(
        ["bash", "-c", asked + 'printf "%s\\n" "${COMPREPLY[@]}"'],
        capture_output=True,
        encoding="utf-8",
        env=kmtui.environment({}),
        timeout=60,
    )
    assert done.stdout.split() == ["utrecht"]


def test_broken_settings_disturb_no_shell(kmtui, tmp_path):
    (tmp_path / "config.toml").write_text("half a li")
    asked = kmtui(
        _KMTUI_COMPLETE="bash_complete", COMP_WORDS="kmtui show corps ut", COMP_CWORD="3", KMTUI_CONFIG=tmp_path
    )
    assert (asked.status, asked.out.strip(), asked.err) == (0, "", "")
