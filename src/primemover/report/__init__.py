"""Results for people and programs: one page, one JSON shape, one table of curves.

Reads finished records only; computes no measure.
"""

from primemover.report.frames import KeyFrame, WantedPicture, draw_key_frames, wanted_pictures
from primemover.report.series_csv import series_to_csv
from primemover.report.wire import SCHEMA_VERSION, assessment_to_json, trial_to_json
from primemover.report.write import ReportFiles, write_report, write_trial_report

__all__ = [
    "SCHEMA_VERSION",
    "KeyFrame",
    "ReportFiles",
    "WantedPicture",
    "assessment_to_json",
    "draw_key_frames",
    "series_to_csv",
    "trial_to_json",
    "wanted_pictures",
    "write_report",
    "write_trial_report",
]
