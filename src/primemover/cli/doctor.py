"""``primemover doctor``: is everything here that an analysis needs, and if not, what to do."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from primemover import __version__
from primemover.cli import choices
from primemover.cli.console import print_json, print_result

__all__ = ["Finding", "checkup", "doctor"]

_SCHEMA_VERSION: Final = 1
_OLDEST_PYTHON: Final = (3, 11)
_FEW_CORES: Final = 2
_NOT_FOUND, _REFUSED = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at; `next_step` is empty when it is as it should be.

    `exit_status` is what the command ends with when this is the first thing that is wrong; 0 for
    what is only slow, not broken.
    """

    id: str
    found: str
    next_step: str = ""
    exit_status: int = 0


def doctor(*, json: choices.Json = False) -> int:
    """Check Python, packages, pose networks, processor and folders."""
    findings = checkup()
    if json:
        print_json(_to_json(findings))
    else:
        print_result("\n".join(_lines(findings)))
    return next((one.exit_status for one in findings if one.exit_status), 0)


def checkup() -> list[Finding]:
    """Look at everything and return what was found, in order."""
    from primemover.backends.weights import cache_dir  # noqa: PLC0415 - brings the client along

    return [
        Finding(id="primemover", found=__version__),
        _python(),
        _packages(),
        _network(),
        _cores(),
        _folder("cache_folder", cache_dir(), "set PRIMEMOVER_CACHE to a folder that can be"),
        _folder("output_folder", Path.cwd(), "change to a folder that can be, or use --out"),
    ]


def _python() -> Finding:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info >= _OLDEST_PYTHON:
        return Finding(id="python", found=found)
    return Finding(
        id="python", found=found, next_step="Install Python 3.11 or newer.", exit_status=_NOT_FOUND
    )


def _packages() -> Finding:
    """Return whether the packages that PrimeMover declares are installed."""
    present, missing = [], []
    for requirement in metadata.requires("primemover") or []:
        if "extra ==" in requirement:
            continue
        name = _name_of(requirement)
        try:
            present.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding(
            id="packages",
            found=f"missing: {', '.join(missing)}",
            next_step=f"Run `{Path(sys.executable).name} -m pip install {' '.join(missing)}`.",
            exit_status=_NOT_FOUND,
        )
    return Finding(id="packages", found=", ".join(present))


def _network() -> Finding:
    from primemover.backends.weights import DEFAULT_MODEL, MODELS  # noqa: PLC0415 - see above
    from primemover.cli.networks import files_of  # noqa: PLC0415 - same

    ready = [name for name in MODELS if all(one.hash_ok for one in files_of(name))]
    found = f"ready: {', '.join(ready)}" if ready else "none is ready"
    damaged = [one.name for one in files_of(DEFAULT_MODEL) if one.present and not one.hash_ok]
    if damaged:
        found += f"; damaged: {', '.join(damaged)}"
    if DEFAULT_MODEL in ready:
        return Finding(id="pose_network", found=found)
    return Finding(
        id="pose_network",
        found=found,
        next_step="Run `primemover models fetch` to measure films; typed values need no network.",
        exit_status=_NOT_FOUND,
    )


def _cores() -> Finding:
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    found = f"{count} usable"
    if count is not None and count < _FEW_CORES:
        return Finding(id="cores", found=found, next_step="Use --model lite if it is too slow.")
    return Finding(id="cores", found=found)


def _folder(check_id: str, folder: Path, advice: str) -> Finding:
    """Return whether a folder can be written, by writing; nothing is left behind."""
    place = next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))
    try:
        with tempfile.TemporaryFile(dir=place):
            return Finding(id=check_id, found=f"{folder} can be written")
    except OSError as error:
        return Finding(
            id=check_id,
            found=f"{folder} cannot be written ({(error.strerror or 'refused').lower()})",
            next_step=f"It cannot be written: {advice}.",
            exit_status=_REFUSED,
        )


def _name_of(requirement: str) -> str:
    for index, letter in enumerate(requirement):
        if not (letter.isalnum() or letter in "-_."):
            return requirement[:index]
    return requirement


def _lines(findings: list[Finding]) -> list[str]:
    lines = []
    for one in findings:
        mark = "!!" if one.exit_status else ("- " if one.next_step else "ok")
        lines.append(f"{mark} {one.id.replace('_', ' ')}: {one.found}")
    steps = [one.next_step for one in findings if one.next_step]
    lines += ["", "Next steps", *(f"  {step}" for step in steps)] if steps else []
    ready = not any(one.exit_status for one in findings)
    return [*lines, "", "Everything is ready. Try `primemover demo`."] if ready else lines


def _to_json(findings: list[Finding]) -> dict[str, Any]:
    return {
        "schema_version": _SCHEMA_VERSION,
        "kind": "doctor",
        "ok": not any(one.exit_status for one in findings),
        "checks": [
            {
                "id": one.id,
                "ok": not one.exit_status,
                "found": one.found,
                "next_step": one.next_step,
            }
            for one in findings
        ],
    }
