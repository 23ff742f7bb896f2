"""What testers read off simulated people: repetitions, instrument and tester err as published.

Errors are those of clinical.md sections 1.2, 2.3 and 9.6, typed in here once more; the reading's
own tables are not used. Every tester draws an own error within the published range, and an own
split of it, because no publication tells how much of an error averaging brings down (defaults).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from primemover.model.measure import Instrument, Side
from primemover.model.session import Reading, Screening, Session
from validation.reading.people import Person

__all__ = ["CASES", "Case", "Tester", "measured", "staff"]

# SEM of one reading by a trained tester, degrees, (lowest, highest) published.
_ACTIVE: Final = {
    Instrument.INCLINOMETER: (1.95, 1.95),  # Krause 2015, MDC 5.4
    Instrument.GONIOMETER: (2.0, 2.5),  # default: intra .73-.96 against .81-.96 (Miley 2019)
    Instrument.PHONE: (2.2, 3.1),  # Charlton 2015 .63-.88, the width of Gradoz 2018
}
_PASSIVE: Final = {
    Instrument.INCLINOMETER: (2.2, 3.1),  # Gradoz 2018, MDC 6.1-8.6
    Instrument.GONIOMETER: (2.2, 3.1),
    Instrument.PHONE: (2.6, 3.1),
}
_BACK: Final = {
    Instrument.INCLINOMETER: (2.6, 3.0),  # Kolber 2014, MDC90 6-7
    Instrument.PHONE: (3.0, 3.9),  # MDC90 7-9
}
_FINGERS_CM: Final = (1.2, 1.6)  # SEM 1.2; MDC 4.5 (Ekedahl 2012) gives 1.6
_LAY: Final = (1.5, 2.0)  # section 9.6: lay self-test 1.5-2 times worse
_LAY_SHARE: Final = 0.4  # default
_REPETITIONS: Final = (1, 2, 3)
# Defaults: the part of a reading's variance that stays with tester and day, and the part of that
# which both hips and both ways of moving share.
_STAYS: Final = (0.3, 0.7)
_SHARED: Final = (0.0, 0.6)
_OFFSET: Final = 4.5  # Roach S 2013, goniometer against inclinometer


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How the world differs from what is published.

    Attributes
    ----------
    scale : true errors over published ones
    apart : nothing is shared between readings of one tester
    offset_deg : the instrument's scale is off by up to so much for every hip reading
    tails : degrees of freedom of Student's t in place of the normal, 0 = normal
    """

    id: str
    label: str
    scale: float = 1.0
    apart: bool = False
    offset_deg: float = 0.0
    tails: int = 0


CASES: Final = (
    Case(id="published", label="errors as published"),
    Case(id="apart", label="nothing shared between readings of one tester", apart=True),
    Case(id="offset", label="instrument's scale off by up to 4.5 deg", offset_deg=_OFFSET),
    Case(id="tails", label="now and then a gross error (Student's t, 4)", tails=4),
    Case(id="wide", label="errors 1.5 times as large as stated", scale=1.5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tester:
    """Who measured a person, with what, how often, and how well."""

    hips: Instrument
    back: Instrument
    lay: bool
    repetitions: int
    quality: float
    stays: float
    shared: float

    @property
    def label(self) -> str:
        """The hips' instrument and who held it."""
        return f"{self.hips.value}, {'self' if self.lay else 'clinician'}"


def staff(count: int, *, seed: int = 5) -> list[Tester]:
    """Return the testers of so many people."""
    rng = np.random.default_rng(seed)
    return [
        Tester(
            hips=list(_ACTIVE)[rng.integers(len(_ACTIVE))],
            back=list(_BACK)[rng.integers(len(_BACK))],
            lay=bool(rng.random() < _LAY_SHARE),
            repetitions=int(_REPETITIONS[rng.integers(len(_REPETITIONS))]),
            quality=float(rng.random()),
            stays=float(rng.uniform(*_STAYS)),
            shared=float(rng.uniform(*_SHARED)),
        )
        for _ in range(count)
    ]


def measured(person: Person, tester: Tester, case: Case, rng: np.random.Generator) -> Session:
    """Return the session that a tester types in for a person."""
    noise = _Noise(tester=tester, case=case, rng=rng)
    readings = [*_hips(person, noise), *_bend(person, noise)]
    return Session(screening=Screening(answered=True), readings=tuple(readings))


class _Noise:
    """Draws of one tester's errors, degrees or centimetres."""

    def __init__(self, *, tester: Tester, case: Case, rng: np.random.Generator) -> None:
        self.tester, self.case, self._rng = tester, case, rng
        low, high = _LAY
        lay = low + (high - low) * tester.quality if tester.lay else 1.0
        self._size = case.scale * lay
        self.common = self._roll()
        self.offset = float(rng.uniform(-case.offset_deg, case.offset_deg))

    def _roll(self) -> float:
        freedom = self.case.tails
        if not freedom:
            return float(self._rng.standard_normal())
        # scaled to the same standard deviation as the normal
        return float(self._rng.standard_t(freedom) * math.sqrt((freedom - 2) / freedom))

    def trials(self, span: tuple[float, float], *, shared: bool) -> list[float]:
        """Return the errors of the repetitions of one reading."""
        low, high = span
        sem = self._size * (low + (high - low) * self.tester.quality)
        part = self.tester.shared if shared and not self.case.apart else 0.0
        stay = math.sqrt(self.tester.stays)
        kept = stay * (math.sqrt(part) * self.common + math.sqrt(1.0 - part) * self._roll())
        own = math.sqrt(1.0 - self.tester.stays)
        return [sem * (kept + own * self._roll()) for _ in range(self.tester.repetitions)]


def _hips(person: Person, noise: _Noise) -> Iterator[Reading]:
    instrument = noise.tester.hips
    for side in (Side.LEFT, Side.RIGHT):
        for kind, true, spans in (
            ("active", person.active[side], _ACTIVE),
            ("passive", person.passive[side], _PASSIVE),
        ):
            for error in noise.trials(spans[instrument], shared=True):
                value = math.radians(true + error + noise.offset)
                yield _typed(f"hip_rotation_{kind}", value, "rad", instrument, noise, side)


def _bend(person: Person, noise: _Noise) -> Iterator[Reading]:
    """Yield the bend: three places are read, each segment is the turn between two of them."""
    instrument = noise.tester.back
    places = [noise.trials(_BACK[instrument], shared=False) for _ in range(3)]
    # Two places make one angle, so one place errs by the SEM over the root of two; what the skin
    # does over the sacrum brings the pelvis to its published SEM.
    sacrum, rib, neck = ([error / math.sqrt(2.0) for error in place] for place in places)
    skin = [error / math.sqrt(2.0) for error in noise.trials(_BACK[instrument], shared=False)]
    for index in range(noise.tester.repetitions):
        angles = {
            "bend_pelvis_rotation": person.pelvis + sacrum[index] + skin[index],
            "bend_lumbar_excursion": person.lumbar + rib[index] - sacrum[index],
            "bend_thoracic_excursion": person.thoracic + neck[index] - rib[index],
        }
        for name, value in angles.items():
            yield _typed(name, math.radians(value), "rad", instrument, noise)
    for error in noise.trials(_FINGERS_CM, shared=False):
        centimetres = person.fingertip + error
        yield _typed("fingertip_to_floor", centimetres / 100.0, "m", Instrument.TAPE, noise)


def _typed(
    name: str,
    value: float,
    unit: str,
    instrument: Instrument,
    noise: _Noise,
    side: Side = Side.NONE,
) -> Reading:
    return Reading(
        measure=name,
        value=value,
        unit=unit,
        instrument=instrument,
        side=side,
        by_lay_person=noise.tester.lay,
    )
