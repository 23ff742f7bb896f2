"""Sentences about the numbers, made from the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from validation.pages import markdown_table
from validation.table.bounds import BALANCED_LEAST, FINDINGS, HARD, OPEN_MOST, USUAL
from validation.table.cells import few, number, share, share_interval
from validation.table.classing import Called, called
from validation.table.judged import Judged
from validation.table.records import FilmResult, FindingResult
from validation.table.rows import Keeps, chosen

__all__ = ["findings_table", "material", "plain_words", "refusal_table", "view_words"]

_MOST_REASONS: Final = 12


def material(films: Sequence[FilmResult]) -> str:
    """Return what the table was made of, in one sentence."""
    people = {film.factors.person: film.factors.sex for film in films}
    sexes = Counter(people.values())
    moves = Counter(film.factors.move.replace("_", " ") for film in films)
    engines = sorted({film.track.engine for film in films if film.track is not None})
    refused = sum(bool(film.refused) for film in films)
    of_sex = ", ".join(f"{count} {sex}" for sex, count in sorted(sexes.items()))
    of_move = ", ".join(f"{count} {move}" for move, count in sorted(moves.items()))
    return (
        f"{len(films)} films of {len(people)} virtual people ({of_sex}), none of them used in "
        f"fitting: {of_move}. "
        f"{refused} films were refused as a whole. "
        f"Pose network: {', '.join(f'`{engine}`' for engine in engines) or 'none'}."
    )


def plain_words(judged: Sequence[Judged]) -> str:
    """Return for every target how far off a reading is, for somebody who reads no statistics."""
    lines = []
    for target in dict.fromkeys(one.target for one in judged):
        of_curves = {o.column: o for o in judged if o.target is target and o.kind == "curves"}
        usual, hard = of_curves[USUAL], of_curves[HARD]
        if not usual.row.asked and not hard.row.asked:
            continue
        lines.append(f"- **{target.label}**: {_good_film(usual)}; {_poor_film(hard)}.")
    return "\n".join(lines)


def _good_film(one: Judged) -> str:
    if not one.known:
        return "in a good film not measured"
    low, high = one.row["loa_low"].value, one.row["loa_high"].value
    off = f"in a good film off by {number(one.row['mae'].value)} deg on average"
    if not np.isfinite(low):
        return off
    return f"{off}, and 95 of 100 readings are {_away(low)} to {_away(high)}"


def _away(degrees: float) -> str:
    side = "too small" if degrees < 0.0 else "too large"
    return f"{abs(degrees):.0f} deg {side}"


def _poor_film(one: Judged) -> str:
    if not one.known:
        return "with plates or loose clothes not measured"
    refused = one.row["refused"].value
    silent = f", and not measured in {share(refused)} of the frames" if refused > 0.0 else ""
    return f"with plates or loose clothes {number(one.row['mae'].value)} deg{silent}"


def view_words(films: Sequence[FilmResult]) -> str:
    """Return how well the product knows where the camera stood, empty if it never said."""
    pairs = [
        (abs(film.yaw_estimate_rad), abs(film.factors.yaw_rad))
        for film in films
        if np.isfinite(film.yaw_estimate_rad)
    ]
    if not pairs:
        return ""
    said, true = np.rad2deg(np.array(pairs).T)
    error = said - true
    return (
        f"The camera's yaw, which the program estimates from the person alone, was off by "
        f"{np.abs(error).mean():.1f} deg on average (bias {number(error.mean(), sign=True)}) in "
        f"{error.size} of {len(films)} films."
    )


def findings_table(films: Sequence[FilmResult], keeps: Keeps | None = None) -> str:
    """Return how the pattern findings were called, the ones the issue names first."""
    mask = np.ones(len(films), dtype=bool) if keeps is None else chosen(films, keeps)
    by_id: dict[str, list[tuple[FindingResult, int]]] = {}
    for film, keep in zip(films, mask, strict=True):
        for one in film.findings if keep else ():
            by_id.setdefault(one.id, []).append((one, film.factors.person))
    order = [name for name in FINDINGS if name in by_id]
    order += sorted(set(by_id) - set(FINDINGS))
    rows = [_finding_row(name, by_id[name]) for name in order]
    head = [
        "finding",
        "posed with it",
        "without",
        f"balanced accuracy (at least {BALANCED_LEAST:.0%})",
        "found where it is",
        "absent where it is not",
        f"left open (under {OPEN_MOST:.0%})",
        "",
    ]
    return markdown_table(head, rows)


def _finding_row(name: str, given: Sequence[tuple[FindingResult, int]]) -> list[str]:
    found = called([one for one, _ in given], [person for _, person in given])
    return [
        f"{FINDINGS.get(name, name.replace('_', ' '))} (`{name}`)",
        f"{found.present}",
        f"{found.absent}",
        few(share_interval(found.balanced), found.people),
        share(found.sensitivity.value),
        share(found.specificity.value),
        share_interval(found.open_share),
        _called_verdict(name, found),
    ]


def _called_verdict(name: str, found: Called) -> str:
    if name not in FINDINGS:
        return ""
    accuracy = found.balanced.value
    if not np.isfinite(accuracy):
        return "not judged"
    if accuracy < BALANCED_LEAST:
        return f"**missed by {100.0 * (BALANCED_LEAST - accuracy):.1f} points**"
    return "met" if found.open_share.value < OPEN_MOST else "**left open too often**"


def refusal_table(films: Sequence[FilmResult]) -> str:
    """Return why things were not measured, the commonest reasons first."""
    reasons: Counter[tuple[str, str]] = Counter()
    for film in films:
        if film.refused:
            reasons["whole film", film.refused] += 1
            continue
        for curve in film.curves:
            if curve.why:
                reasons[f"`{curve.id}`", curve.why] += 1
    if not reasons:
        return "Nothing was refused."
    common = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:_MOST_REASONS]
    return markdown_table(
        ["films", "what", "reason"],
        [[f"{count}", what, why] for (what, why), count in common],
    )
