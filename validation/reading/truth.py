"""What is true of a person with known angles, by the protocol's lines written out here once more.

The lines are those of the article and of clinical.md sections 1 and 2.4; the reading's own files
are not read, so a line that moves there shows here. Where the reading's line has a grey zone, truth
lies on one side of its middle.
"""

from __future__ import annotations

from typing import Final

from validation.reading.people import Person

__all__ = ["true_answers", "true_bend", "true_hip", "true_pairings", "worse_side"]

_TARGET: Final = 40.0
_GAP: Final = 7.0
_REACHED_CM: Final = 3.0
_SHORT_PELVIS: Final = 57.5
_FAR: Final = 65.0
_HELD: Final = 25.0
_SHARE_FAR: Final = 0.55
_SHARE_USUAL: Final = 0.45
_UPPER: Final = 25.0
_OTHER: Final = {"left": "right", "right": "left"}
_AGREE: Final = {
    ("control", "mobile_compensating"): "agree_control",
    ("socket", "hip_blocked"): "agree_socket",
    ("target_met", "even"): "clear",
}


def true_hip(person: Person, side: str) -> str:
    """Return the state of one hip."""
    enough = person.passive[side] >= _TARGET
    unused = person.passive[side] - person.active[side] > _GAP
    if enough:
        return "control" if unused else "target_met"
    return "mixed" if unused else "socket"


def true_bend(person: Person) -> str:
    """Return the pattern of the bend."""
    share = person.lumbar / (person.lumbar + person.pelvis)
    odd = person.lumbar > _FAR or person.lumbar < _HELD or share > _SHARE_FAR
    reached = person.fingertip < _REACHED_CM
    short = person.pelvis < _SHORT_PELVIS
    made_up = person.thoracic > _UPPER or share > _SHARE_USUAL
    if reached and odd:
        return "mobile_compensating"
    if not reached and short and made_up:
        return "hip_blocked"
    return "mixed" if short or odd else "even"


def worse_side(person: Person) -> str:
    """Return the side that is further from a hip that meets the target, or "" when both meet it.

    A limited hip is worse than one that meets the target; of two limited ones the one with less
    motion to use.
    """
    states = {side: true_hip(person, side) for side in _OTHER}
    limited = [side for side, state in states.items() if state != "target_met"]
    if len(limited) == 1:
        return limited[0]
    return min(limited, key=lambda side: person.active[side], default="")


def true_answers(person: Person) -> dict[str, bool]:
    """Return which of the protocol's findings truly hold, sided ones with their side."""
    share = person.lumbar / (person.lumbar + person.pelvis)
    found = {
        "toes_reached": person.fingertip < _REACHED_CM,
        "bend_over_rounded": person.lumbar > _FAR or share > _SHARE_FAR,
        "bend_lordosis_held": person.lumbar < _HELD,
        "sacrum_stays_up": person.pelvis < _SHORT_PELVIS,
        "upper_back_rounds": person.thoracic > _UPPER,
    }
    for side, other in _OTHER.items():
        passive, active = person.passive, person.active
        found[f"hip_rotation_below_target_{side}"] = passive[side] < _TARGET
        found[f"hip_rotation_gap_{side}"] = passive[side] - active[side] > _GAP
        found[f"one_side_limited_{side}"] = (
            passive[other] - passive[side] > _GAP or active[other] - active[side] > _GAP
        )
    return found


def true_pairings(person: Person) -> frozenset[str]:
    """Return what the two tests together truly say; of two limited hips either may be the worse."""
    states = {true_hip(person, side) for side in _OTHER}
    limited = states - {"target_met"} or states
    bend = true_bend(person)
    return frozenset(_AGREE.get((state, bend), "disagree") for state in limited)
