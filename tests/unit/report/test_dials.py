from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from primemover.model.measure import Side
from primemover.report.bendfigure import bend_figure, bend_numbers
from primemover.report.dials import dial, hip_numbers
from primemover.report.movers import movers_of
from tests.unit.report import sample


def needle(drawing: str, kind: str) -> tuple[float, float]:
    """Return how far a needle's tip lies to the right of and below the knee."""
    found = re.search(rf'd="M([\d. ]+?) ([\d. ]+?)" class="needle {kind}"', drawing)
    found = found or re.search(rf'class="needle {kind}" d="M([\d. ]+)"', drawing)
    assert found is not None
    x0, y0, x1, y1 = (float(part) for part in " ".join(found.groups()).split())
    return x1 - x0, y1 - y0


@pytest.mark.parametrize(("side", "outwards"), [(Side.LEFT, 1.0), (Side.RIGHT, -1.0)])
@pytest.mark.parametrize("kind", ["active", "passive"])
def test_a_needle_stands_at_its_angle_on_its_own_side(
    side: Side, outwards: float, kind: str
) -> None:
    numbers = hip_numbers(sample.hip_measures(), side)
    measure = getattr(numbers, kind)
    right, down = needle(str(dial(numbers)), kind)
    assert math.atan2(outwards * right, down) == pytest.approx(measure.value, abs=0.01)


def test_a_dial_names_its_numbers_for_those_who_cannot_see_it() -> None:
    drawing = str(dial(hip_numbers(sample.hip_measures(), Side.RIGHT)))
    assert "active 27 ± 3° (9 in 10 between 22 and 32°)" in drawing
    assert "passive 43 ± 3° (9 in 10 between 39 and 47°)" in drawing


def wedge_deg(drawing: str, kind: str, knee: tuple[float, float]) -> tuple[float, float]:
    """Return the least and the largest angle that an interval's wedge covers about the knee."""
    found = re.search(rf'<path[^>]*class="error {kind}"[^>]*>', drawing)
    assert found is not None
    data = re.search(r' d="([^"]+)"', found.group())
    assert data is not None
    numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", data.group(1))]
    points = zip(numbers[::2], numbers[1::2], strict=True)
    angles = [math.degrees(math.atan2(abs(x - knee[0]), y - knee[1])) for x, y in points]
    return min(angles), max(angles)


@pytest.mark.parametrize("kind", ["active", "passive"])
def test_a_wedge_covers_the_interval_of_its_needle(kind: str) -> None:
    numbers = hip_numbers(sample.hip_measures(), Side.LEFT)
    drawing = str(dial(numbers))
    centre = re.search(r'<circle[^>]*class="knee"[^>]*>', drawing)
    assert centre is not None
    at = {key: float(one) for key, one in re.findall(r'(cx|cy)="([\d.]+)"', centre.group())}
    expected = [math.degrees(end) for end in getattr(numbers, kind).interval]
    assert wedge_deg(drawing, kind, (at["cx"], at["cy"])) == pytest.approx(expected, abs=0.3)


def test_a_needle_without_error_has_no_wedge() -> None:
    measures = sample.hip_measures()
    exact = replace(measures["hip_rotation_active_left"], se=math.nan)
    measures["hip_rotation_active_left"] = exact
    drawing = str(dial(hip_numbers(measures, Side.LEFT)))
    assert 'class="error active"' not in drawing
    assert 'class="error passive"' in drawing
    assert "nan" not in drawing


def test_a_hip_without_numbers_is_not_drawn() -> None:
    assert not hip_numbers({}, Side.LEFT).any_known


def test_the_bend_is_shared_between_its_known_parts() -> None:
    numbers = bend_numbers(sample.bend_measures())
    shares = dict(numbers.shares())
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["pelvis"] == pytest.approx(58.0 / 137.0)
    assert "low back 67 ± 6°" in str(bend_figure(numbers))


def test_who_moved_adds_up_to_the_whole_bar() -> None:
    movers = movers_of(sample.deadlift_trial().measures)
    assert movers is not None
    assert movers.hips_part + movers.back_part == pytest.approx(1.0)
    assert movers.hips_part == pytest.approx(0.58)
    assert movers_of({}) is None
