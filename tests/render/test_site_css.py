"""The poster's colour: readable in every case, and never a way into the style sheet."""

from __future__ import annotations

import pytest

from auzolan.render.files.site_css import contrast, css_of, darkened, full_colour, lightened, readable_on


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("colour", ["#ffcb2d", "#12306b", "#000000", "#ffffff", "#808080", "#ff0000", "#00ff00"])
def test_text_on_any_poster_can_be_read(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= 4.5
    night = darkened(colour)
    assert contrast("#f4efe5", night) >= 7
    assert contrast(lightened(colour, night), night) >= 7


def test_short_colours_are_written_out() -> None:
    assert full_colour("#FC3") == "#ffcc33"


@pytest.mark.parametrize("bad", ["", "red", "#12", "#ffcb2d; } body { display: none", "#ffcb2d\n", "url(x)"])
def test_what_is_no_colour_changes_nothing(bad: str) -> None:
    assert "{" not in css_of(bad) or bad.strip() == "#ffcb2d"


def test_the_rules_name_the_colour_for_light_and_dark() -> None:
    css = css_of("#12306b")
    assert "--poster: #12306b; --on-poster: #fffefb" in css
    assert css.count("prefers-color-scheme: dark") == 1
    assert css.count("{") == css.count("}")
