"""Whatever a plugin is made of, it is named where it fails, and everything else goes on."""

import itertools
import sys
import types

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kmtui
from kmtui.plugins.assembly import registry_of
from kmtui.plugins.discovery import bundled_folder, discover
from kmtui.plugins.found import FoundPlugin
from kmtui.plugins.specs import RESULT_TYPES
from kmtui.settings import Choices

BUNDLED = discover(installed=False)


class OddError(BaseException):
    """Neither an Exception nor anything that ends a program."""

    def __str__(self):
        raise ZeroDivisionError


RAISED = st.sampled_from(
    [ValueError("no"), SystemExit(3), GeneratorExit(), OddError(), RecursionError(), MemoryError(), StopIteration()]
)


def raising(error):
    def fail(*_, **__):
        raise error

    return fail


class Raises:
    """A descriptor that fails when it is looked at."""

    def __init__(self, error):
        self.error = error

    def __get__(self, *_):
        raise self.error


class Hash:
    """Equal to everything, and hashed never."""

    def __eq__(self, _):
        return True

    __hash__ = None


class LazyModule(types.ModuleType):
    """Makes up whatever it is asked for."""

    def __getattr__(self, name):
        return LazyModule(name)


class EndlessList(list):
    """Says that it is empty, and has no end."""

    def __len__(self):
        return 0

    def __iter__(self):
        return itertools.repeat(5)


TEXT = kmtui.Text(nl="een", en="one")
MAKERS = {
    "partner": lambda: kmtui.PartnerType(id="odd", name=TEXT, short="o", kind="supporting", role=TEXT, source=("1",)),
    "panel": lambda: kmtui.Panel(id="odd", title=TEXT, about="corps", lines=lambda _: []),
    "command": lambda: kmtui.Command(id="odd", help=TEXT, make=lambda: None),
    "exporter": lambda: kmtui.Exporter(id="odd", name=TEXT, suffix="odd", write=lambda _: []),
}


class OddPanel(kmtui.Panel):
    """A subclass whose own rules and names must not count."""

    extra: int = 5

    @classmethod
    def model_validate(cls, _):
        raise ZeroDivisionError

    def model_dump(self):
        raise ZeroDivisionError


def odd_panel():
    return OddPanel(id="odd", title=TEXT, about="corps", lines=lambda _: [])


THINGS = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=3),
    st.sampled_from([kmtui, kmtui.Text, TEXT, Hash(), object(), LazyModule("lazy"), Raises(ValueError())]),
    st.sampled_from([make() for make in MAKERS.values()]),
    st.just(odd_panel()),
    st.builds(lambda name: kmtui.Text.unchecked(nl=name, en=5), st.sampled_from([5, None, "x"])),
)
RESULTS = st.one_of(
    THINGS,
    st.lists(THINGS, max_size=3),
    st.just(EndlessList()),
    st.builds(iter, st.lists(THINGS, max_size=2)),
    st.dictionaries(st.integers(), THINGS, max_size=2),
)
HOOKS = st.one_of(
    st.builds(lambda found: kmtui.hookimpl(lambda: found), RESULTS),
    st.builds(lambda error: kmtui.hookimpl(raising(error)), RAISED),
    st.just(kmtui.hookimpl(lambda one, two: [])),
    st.just(kmtui.hookimpl(optionalhook=True)(lambda: [TEXT])),
    st.just(kmtui.hookimpl(wrapper=True)(lambda: (yield))),
    THINGS,
)
NAMES = st.sampled_from([*RESULT_TYPES, "pannels", "__name__", "__dict__", "_x", "KMTUI_API", "__file__"])
VERSIONS = st.sampled_from([(1, 1), (1, 9), (7, 8), (2, 1), 1, "1", None, Hash(), [], (1, "x")])


@st.composite
def loaded(draw):
    """What importing a plugin gives: a module or any other object, with attributes that may be anything."""
    found = {name: draw(HOOKS) for name in draw(st.lists(NAMES, max_size=4))}
    if draw(st.booleans()):
        found["KMTUI_API"] = draw(VERSIONS)
    match draw(st.sampled_from(["module", "lazy", "object", "class", "thing", "descriptor", "slots"])):
        case "thing":
            return draw(THINGS)
        case "lazy" | "module" as kind:
            module = (LazyModule if kind == "lazy" else types.ModuleType)("odd")
            for name, value in found.items():
                if name != "__dict__":
                    setattr(module, name, value)
            return module
        case "class":
            return type("Odd", (), {name: value for name, value in found.items() if name != "__dict__"})
        case "descriptor":
            body = {name: Raises(draw(RAISED)) for name in found if name not in ("__dict__", "__name__")}
            return type("Odd", (), body)()
        case "slots":
            return type(
                "Odd", (), {"__slots__": (), "__getattr__": raising(draw(RAISED)), "__dir__": raising(OddError())}
            )()
        case _:
            made = type("Odd", (), {})()
            vars(made).update(found)
            return made


@st.composite
def odd(draw):
    """A plugin that was found: its import gives something odd, or raises anything."""
    value = draw(loaded())
    load = draw(st.one_of(st.just(lambda: value), st.builds(raising, RAISED)))
    source = draw(st.one_of(st.just(lambda: None), st.builds(raising, RAISED)))
    return load, source


@given(plugins=st.lists(odd(), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_odd_plugins_are_named_and_the_others_work(monitor, plugins):
    found = [
        FoundPlugin(f"odd-{at}", "1", "installed", "somewhere", load, source_file=source)
        for at, (load, source) in enumerate(plugins)
    ]
    registry = registry_of([*BUNDLED, *found])
    assert registry.frameworks == monitor.registry.frameworks
    assert registry.schemes == monitor.registry.schemes
    assert [plugin.id for plugin in registry.plugins if plugin.source == "bundled" and plugin.error] == []
    mine = {plugin.id: plugin for plugin in registry.plugins if plugin.source == "installed"}
    assert list(mine) == [plugin.id for plugin in found]
    for plugin in mine.values():
        assert plugin.status == ("failed" if plugin.error else "loaded")
        assert "\n" not in plugin.error
        assert len(plugin.error) < 2000
        assert not plugin.error or plugin.results == {}
        for items in plugin.results.values():
            assert all(type(item).__module__.startswith(("kmtui.", "pathlib")) for item in items)


def test_odd_plugins_beside_each_other_are_each_named(monitor):
    """A made-up path finder that fails is no plugin's fault, and is named all the same."""

    class Finder:
        @staticmethod
        def find_spec(*_):
            return None

        @staticmethod
        def find_distributions(_):
            raise ZeroDivisionError

    sys.meta_path.append(Finder)
    try:
        (broken,) = [plugin for plugin in discover() if plugin.error]
    finally:
        sys.meta_path.remove(Finder)
    assert broken.error == "they cannot be listed: ZeroDivisionError"


def test_every_id_that_is_accepted_can_be_disabled():
    assert all(Choices(disabled_plugins=(plugin.id,)) for plugin in BUNDLED)
    assert bundled_folder("plugins").is_dir()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_thing_of_a_subclass_is_taken_as_one_of_kmtuis_own(kind):
    made = MAKERS[kind]()
    hook = {"partner": "partner_types"}.get(kind, f"{kind}s")
    module = types.ModuleType("fine")
    setattr(module, hook, kmtui.hookimpl(lambda: [type(made).__mro__[0](**dict(made))]))
    registry = registry_of([FoundPlugin("fine", "1", "installed", "", lambda: module)])
    (plugin,) = registry.plugins
    assert (plugin.status, type(plugin.results[hook][0])) == ("loaded", type(made))


def test_the_rules_of_a_subclass_do_not_count():
    module = types.ModuleType("fine")
    module.panels = kmtui.hookimpl(lambda: [odd_panel()])
    (plugin,) = registry_of([FoundPlugin("fine", "1", "installed", "", lambda: module)]).plugins
    assert (plugin.status, type(plugin.results["panels"][0])) == ("loaded", kmtui.Panel)
