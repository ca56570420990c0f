"""A folder of reports is written corps by corps: memory does not grow with their number."""

import tracemalloc

import pytest

from kmtui.pages.view import View
from kmtui.report.folder import write_folder
from kmtui.report.parts import CORPS, Choice
from kmtui.wording import Wording


@pytest.fixture
def peak(monitor, edition, tmp_path):
    """The most memory in use while a number of corps is written, in bytes."""

    def measure(number):
        ids = tuple(corps.id for corps in edition.corps[:number])
        view = View(monitor, edition, Wording("nl"))
        tracemalloc.start()
        try:
            write_folder(view, tmp_path / str(number), Choice((CORPS,), ids), None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    return measure


def test_what_is_kept_of_a_corps_is_small_beside_its_section(peak):
    peak(1)  # what is kept anyway: templates, figures
    few, many = peak(3), peak(12)
    assert (many - few) / 9 < few / 20
