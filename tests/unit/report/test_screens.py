"""The page in a real browser, where one is installed: it fits, it asks for nothing, it works."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from primemover.report import write_report
from tests.unit.report import sample
from tests.unit.report.lifted import mechanics

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
PHONE, TABLET, DESKTOP = (390, 844), (720, 1000), (1280, 860)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    exam = sample.assessment()
    lift = replace(exam.trials[2], mechanics=(mechanics(0), mechanics(1), mechanics(2)))
    exam = replace(exam, trials=(*exam.trials[:2], lift))
    return write_report(exam, sample.pictures(exam), tmp_path_factory.mktemp("report")).html


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        running = engine.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


def opened(
    browser: Browser, report: Path, size: tuple[int, int], *, scripts: bool = True
) -> tuple[Page, list[str]]:
    """Return the open page and everything it asked for or complained about."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts
    )
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            noise.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
        ),
    )
    page.goto(report.as_uri())
    return page, noise


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_fits_and_asks_for_nothing(
    browser: Browser,
    report: Path,
    size: tuple[int, int],
) -> None:
    page, noise = opened(browser, report, size)
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert noise == []
    page.close()


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP])
def test_no_number_runs_into_its_neighbour(
    browser: Browser, report: Path, size: tuple[int, int]
) -> None:
    page, _ = opened(browser, report, size)
    page.evaluate("document.querySelectorAll('#numbers details').forEach(o => o.open = true)")
    cells = page.locator(".measures td:visible")
    wide = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).length"
    assert cells.count() > 30
    assert cells.evaluate_all(wide) == 0
    assert page.locator(".measures .range:visible").first.inner_text().endswith("28 and 38°")
    page.close()


def test_what_to_do_first_is_on_the_first_screen_of_a_phone(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, PHONE)
    box = page.locator(".card.first").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE[1]
    page.close()


def test_one_cursor_runs_through_all_curves(browser: Browser, report: Path) -> None:
    page, noise = opened(browser, report, DESKTOP)
    plots = page.locator(".plots").last
    drawing = plots.locator(".plot svg").first
    drawing.scroll_into_view_if_needed()
    drawing.hover()
    shown = plots.locator(".cursor.on")
    assert shown.count() == plots.locator(".plot[data-id]").count()
    places = {shown.nth(k).get_attribute("x1") for k in range(shown.count())}
    assert len(places) == 1
    assert " s: " in plots.locator(".readout").first.inner_text()
    assert noise == []
    page.close()


def test_everything_is_there_without_scripts(browser: Browser, report: Path) -> None:
    page, _ = opened(browser, report, PHONE, scripts=False)
    assert page.locator(".plot .middle").count() > 5
    assert page.locator("details").count() > 10
    page.close()


@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP])
def test_the_parts_of_a_lift_are_switched_without_scripts(
    browser: Browser, report: Path, size: tuple[int, int]
) -> None:
    page, _ = opened(browser, report, size, scripts=False)
    titles = page.locator(".bodies .part-title:visible b")
    assert titles.all_inner_texts() == ["Floor to knees"]
    page.locator(".by-part > label", has_text="Knees to lockout").click()
    assert titles.all_inner_texts() == ["Knees to lockout"]
    page.keyboard.press("ArrowLeft")
    assert titles.all_inner_texts() == ["Floor to knees"]
    assert page.locator(".three .line:visible").count() > 10
    page.emulate_media(media="print")
    assert len(titles.all_inner_texts()) == 3
    page.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_labels_of_drawings_stay_apart_and_can_be_read(
    browser: Browser, report: Path, size: tuple[int, int]
) -> None:
    page, _ = opened(browser, report, size)
    boxes_of = """svg => [...svg.querySelectorAll('text')].map(one => {
        const box = one.getBoundingClientRect(), all = svg.getBoundingClientRect();
        return [box.left, box.top + 2, box.right, box.bottom - 2, box.height, all.left, all.right];
    })"""
    for drawing in page.locator("svg.muscles:visible, svg.stick:visible").all():
        boxes = drawing.evaluate(boxes_of)
        for k, (left, top, right, bottom, height, start, end) in enumerate(boxes):
            assert height >= 9.0
            assert start - 1.0 <= left
            assert right <= end + 1.0
            for other in boxes[:k]:
                apart = other[0] >= right or other[2] <= left
                assert apart or other[1] >= bottom or other[3] <= top
    page.close()
