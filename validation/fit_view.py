"""Fit how the camera's yaw is read from a film, on rendered people with known bearings.

Run ``python -m validation.fit_view --films FOLDER`` to see how well on the films to learn from that
``python -m validation.calibration watch learn`` left there; ``--write`` replaces the coefficients
that are shipped. Without films a small set of pictures is made (``--keep FOLDER`` stores what the
network saw of them). `fit` takes any films: pairs of a track and its truth record.

The error stated in the file is that on people left out of the fit, one by one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import primemover.pose
from primemover.backends.blazepose import BlazePose
from primemover.errors import PrimeMoverError
from primemover.model.arrays import Floats, Mask
from primemover.model.measure import INTERVAL_SE
from primemover.model.pose import PoseTrack
from primemover.pose.clean import clean
from primemover.pose.yaw import FEATURES, YawModel, plain_yaw_rad, view_features, yaw_from_features
from primemover.pose.yaw_model import model_to_text
from validation.calibration.cases import COUNTS, cases
from validation.calibration.watching import kept_files
from validation.comparing import agreement
from validation.pages import markdown_table
from validation.view_pictures import Truth, view_pictures
from validation.virtual.bodies import body_names

__all__ = ["Evidence", "evidence", "fit", "left_out", "report"]

SHIPPED = Path(primemover.pose.__file__).with_name("yaw.toml")
TO_EQUAL = 0.05  # pull of the weights towards equal ones; engineering default
NEAR_RAD = float(np.deg2rad(25.0))  # what the product accepts
PEOPLE = 8
_ABOUT_THE_SIDE_RAD = 0.5 * NEAR_RAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What films tell about the yaw.

    Attributes
    ----------
    features : (N, 5) array, see `view_features`; films without them are left out
    yaw_rad : (N,) array, true, camera towards the person's front +
    plain_rad : (N,) array, what the network's left-right axis alone says
    body : (N,) names
    unread : how many further films had no features (front, back, never upright)
    """

    features: Floats
    yaw_rad: Floats
    plain_rad: Floats
    body: tuple[str, ...]
    unread: int

    def only(self, chosen: Mask) -> Evidence:
        """Return some of the films."""
        return Evidence(
            features=self.features[chosen],
            yaw_rad=self.yaw_rad[chosen],
            plain_rad=self.plain_rad[chosen],
            body=tuple(np.asarray(self.body)[chosen].tolist()),
            unread=self.unread,
        )


def main() -> None:
    """Fit, print how well, and write the coefficients if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=1, help="of the pose network")
    parser.add_argument("--films", type=Path, help="folder of films that were looked at")
    parser.add_argument("--keep", type=Path, help="folder for what the network saw")
    parser.add_argument("--write", action="store_true", help="replace the shipped coefficients")
    given = parser.parse_args()
    if given.films:
        films = evidence(_looked_at(given.films))
    else:
        engine = BlazePose("heavy", threads=given.threads)
        people = range(min(PEOPLE, len(body_names())))
        films = evidence(view_pictures(engine, people, keep=given.keep))
    print(report(films))
    if given.write:
        SHIPPED.write_text(model_to_text(fit(films)), encoding="utf-8")


def _looked_at(folder: Path) -> Iterator[tuple[PoseTrack, Truth]]:
    """Yield the tracks and truths of the films to learn from that a folder holds."""
    for case in cases("learn", COUNTS["learn"]):
        kept = kept_files(folder, case)
        if case.view == "side" and kept.track.exists():
            yield kept.read_landmarks(), kept.read_truth()


def evidence(films: Iterable[tuple[PoseTrack, Truth]]) -> Evidence:
    """Return what films tell, from tracks and truth records.

    Of a record ``body.name`` and ``camera.sight_yaw_deg`` are read (from where the person is seen;
    ``camera.yaw_deg`` where that is missing). Films from the front count as unread.
    """
    features, yaw, plain, body = [], [], [], []
    unread = 0
    for track, truth in films:
        try:
            pose = clean(track)
        except PrimeMoverError:  # nobody could be followed
            unread += 1
            continue
        seen = view_features(pose)
        if not np.isfinite(seen).all():
            unread += 1
            continue
        features.append(seen)
        camera = truth["camera"]
        yaw.append(np.deg2rad(camera.get("sight_yaw_deg", camera["yaw_deg"])))
        plain.append(plain_yaw_rad(pose))
        body.append(str(truth["body"]["name"]))
    return Evidence(
        features=np.array(features),
        yaw_rad=np.array(yaw),
        plain_rad=np.array(plain),
        body=tuple(body),
        unread=unread,
    )


def fit(films: Evidence) -> YawModel:
    """Return the model with the error that it leaves on bodies it was not fitted on."""
    fitted = _lines(films)
    told = left_out(films)
    error = told - films.yaw_rad
    # By what is told, not by what is true: only that is known when the error is stated.
    near = np.abs(told) <= _ABOUT_THE_SIDE_RAD
    se_near = _standard(error[near])
    far = _standard(error[~near]) if (~near).any() else se_near
    middle_far = float(np.mean(np.abs(told[~near]))) if (~near).any() else NEAR_RAD
    people = len(set(films.body))
    return YawModel(
        source=f"{len(films.yaw_rad)} films of {people} rendered people, none filmed in earnest.",
        slope=fitted.slope,
        constant_rad=fitted.constant_rad,
        weights=fitted.weights,
        offset_rad=fitted.offset_rad,
        spread_rad=fitted.spread_rad,
        se_rad=se_near,
        se_share=max(far - se_near, 0.0) / middle_far,
    )


def _standard(error: Floats) -> float:
    """Return the error of which 1.645 either side hold nine of ten; a few lost films count once."""
    return float(np.quantile(np.abs(error), 0.9) / INTERVAL_SE)


def left_out(films: Evidence) -> Floats:
    """Return each film's yaw by a model that never saw its person, (N,)."""
    body = np.asarray(films.body)
    yaw = np.full(body.size, np.nan)
    for one in dict.fromkeys(films.body):
        own = body == one
        model = _lines(films.only(~own))
        yaw[own] = [yaw_from_features(row, model)[0] for row in films.features[own]]
    return yaw


def _lines(films: Evidence) -> YawModel:
    """Fit each witness's line, and the weights: least squares pulled towards equal weights."""
    slope, constant = np.empty(len(FEATURES)), np.empty(len(FEATURES))
    for column in range(len(FEATURES)):
        slope[column], constant[column] = np.polyfit(films.features[:, column], films.yaw_rad, 1)
    witnesses = films.features * slope + constant
    middle, mean = witnesses.mean(axis=0), float(films.yaw_rad.mean())
    centred, wanted = witnesses - middle, films.yaw_rad - mean
    equal = np.full(len(FEATURES), 1.0 / len(FEATURES))
    pull = TO_EQUAL * float(np.sum(wanted**2))
    normal = centred.T @ centred + pull * np.eye(len(FEATURES))
    weights = np.linalg.solve(normal, centred.T @ wanted + pull * equal)
    offset = mean - float(weights @ middle)
    told = witnesses @ weights + offset
    return YawModel(
        source="",
        slope=slope,
        constant_rad=constant,
        weights=weights,
        offset_rad=offset,
        spread_rad=float(np.median(np.sqrt(np.mean((witnesses - told[:, None]) ** 2, axis=1)))),
        se_rad=0.0,
        se_share=0.0,
    )


def report(films: Evidence) -> str:
    """Return the errors on people left out of the fit, beside the plain formula's."""
    model = fit(films)
    yaw = np.degrees(films.yaw_rad)
    told = left_out(films)
    se = np.degrees(model.se_rad + model.se_share * np.abs(told))
    limit = np.degrees(NEAR_RAD)
    ranges = {
        "all": np.ones(yaw.size, dtype=bool),
        f"within {limit:.0f} deg": np.abs(yaw) <= limit,
        "towards the front": yaw > 0.0,
        "towards the back": yaw < 0.0,
    }
    rows = []
    for label, chosen in ranges.items():
        for name, value in (("fitted", told), ("plain", films.plain_rad)):
            one = agreement(np.degrees(value)[chosen], se[chosen], yaw[chosen])
            numbers = [one.bias, one.mae, one.rmse, one.p95]
            rows.append([label, name, str(one.count), *(f"{number:.1f}" for number in numbers)])
    table = markdown_table(["films", "yaw", "n", "bias", "MAE", "RMSE", "p95"], rows)
    return (
        f"{table}\n\nDegrees; each person left out of the fit once. {films.unread} further films "
        "show too much front or back, or nobody upright, for the fitted formula."
    )


if __name__ == "__main__":
    main()
