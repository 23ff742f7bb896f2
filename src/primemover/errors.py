"""The one error tree: every foreseen failure is a sentence, an exit status and an HTTP status.

::

    PrimeMoverError              1   500   something in PrimeMover itself went wrong
    +-- UsageError               2   400   the call cannot be understood
    |   +-- UnknownUnitError     2   400   a quantity with a unit nobody knows
    |   +-- OutOfRangeError      2   400   a number no human or barbell can have
    |   +-- SessionFileError     2   400   a session file that does not follow its format
    |   +-- MissingExtraError    2   501   an optional engine is not installed
    +-- UnusableInputError       3   422   the input was read and cannot carry a measurement
    |   +-- VideoError           3   422   not a video, truncated, hostile or empty
    |   +-- QualityError         3   422   nobody, half a person, too few frames, wrong view
    +-- NotFoundError            5   404   a file, a session or a model that is not there
    |   +-- WeightsMissingError  5   404   the pose network is not on this machine yet
    +-- RefusedError             6   403   refused: red flag, consent or permission
        +-- SafetyStopError      6   403   an answer of the safety screen stops the exam
        +-- OutputError          6   403   the result cannot be written there

Exit status 130 (interrupted) and 4 (a batch with some failures) have no error of their own.
"""

from __future__ import annotations

from typing import ClassVar

__all__ = [
    "MissingExtraError",
    "NotFoundError",
    "OutOfRangeError",
    "OutputError",
    "PrimeMoverError",
    "QualityError",
    "RefusedError",
    "SafetyStopError",
    "SessionFileError",
    "UnknownUnitError",
    "UnusableInputError",
    "UsageError",
    "VideoError",
    "WeightsMissingError",
]


class PrimeMoverError(Exception):
    """Anything PrimeMover foresees; its text is one sentence and what to do next.

    Parameters
    ----------
    message
        What happened and what to do, for a person.
    reason
        A stable short code for scripts, e.g. ``"no_person"``; defaults to the class's code.
    """

    code: ClassVar[str] = "internal"
    exit_status: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        super().__init__(message)
        self.reason = reason or self.code


class UsageError(PrimeMoverError):
    """The call cannot be understood."""

    code = "usage"
    exit_status = 2
    http_status = 400


class UnknownUnitError(UsageError):
    """A quantity carries a unit nobody knows, or none where one is needed."""

    code = "unknown_unit"


class OutOfRangeError(UsageError):
    """A number that no human, bar or camera can have."""

    code = "out_of_range"


class SessionFileError(UsageError):
    """A session file that does not follow its format."""

    code = "session_file"


class MissingExtraError(UsageError):
    """An optional engine is not installed; the message names the extra."""

    code = "missing_extra"
    http_status = 501


class UnusableInputError(PrimeMoverError):
    """The input was read and cannot carry a measurement."""

    code = "unusable_input"
    exit_status = 3
    http_status = 422


class VideoError(UnusableInputError):
    """Not a video, truncated, hostile or empty."""

    code = "video"


class QualityError(UnusableInputError):
    """The film shows nobody, half a person, too little time, or the wrong view."""

    code = "quality"


class NotFoundError(PrimeMoverError):
    """A file, a session or a model that is not there."""

    code = "not_found"
    exit_status = 5
    http_status = 404


class WeightsMissingError(NotFoundError):
    """The pose network is not on this machine yet, or its hash is wrong."""

    code = "weights_missing"


class RefusedError(PrimeMoverError):
    """Refused: red flag, consent or permission."""

    code = "refused"
    exit_status = 6
    http_status = 403


class SafetyStopError(RefusedError):
    """An answer of the safety screen stops the exam."""

    code = "safety_stop"


class OutputError(RefusedError):
    """The result cannot be written where it should go."""

    code = "output"
