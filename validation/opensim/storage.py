"""OpenSim's text files of columns over time, and its inverse dynamics tool that reads them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from primemover.model.arrays import Floats
from validation.opensim.library import opensim, quiet

__all__ = ["PointForce", "external_loads", "read_columns", "tool_solved", "write_columns"]

PointForce = tuple[str, Floats, Floats]
"""A segment's name, a force on it and where it acts, (T, 2) or (T, 3) each, newton and metres."""


def write_columns(path: Path, time_s: Floats, columns: dict[str, Floats]) -> None:
    """Write columns over time, radians, metres and newton, as OpenSim reads them."""
    table = np.column_stack([time_s, *columns.values()])
    head = [
        path.stem,
        "version=1",
        f"nRows={table.shape[0]}",
        f"nColumns={table.shape[1]}",
        "inDegrees=no",
        "endheader",
        "\t".join(["time", *columns]),
    ]
    rows = ["\t".join(f"{value:.12g}" for value in row) for row in table]
    path.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


def read_columns(path: Path) -> dict[str, Floats]:
    """Return the columns of such a file by name, ``time`` among them.

    Raises
    ------
    ValueError
        If the file has no end of header.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = [line.strip() for line in lines].index("endheader") + 1
    names = lines[begin].split("\t")
    values = np.array([[float(word) for word in line.split()] for line in lines[begin + 1 :]])
    return dict(zip((name.strip() for name in names), values.T, strict=True))


def tool_solved(
    model: Any,  # noqa: ANN401 - no types
    time_s: Floats,
    values: dict[str, Floats],
    forces: tuple[PointForce, ...] = (),
) -> dict[str, Floats]:
    """Return the forces on the coordinates, (T,) each, as OpenSim's InverseDynamicsTool finds them.

    The tool fits its own splines to the angles, unfiltered, and differentiates these.
    """
    library = opensim()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        model.printToXML(str(place / "linkage.osim"))
        write_columns(place / "angles.mot", time_s, values)
        tool = library.InverseDynamicsTool()
        tool.setModelFileName(str(place / "linkage.osim"))
        tool.setCoordinatesFileName(str(place / "angles.mot"))
        tool.setLowpassCutoffFrequency(-1.0)
        tool.setStartTime(float(time_s[0]))
        tool.setEndTime(float(time_s[-1]))
        tool.setResultsDir(folder)
        tool.setOutputGenForceFileName("found.sto")
        if forces:
            tool.setExternalLoadsFileName(str(external_loads(place, time_s, forces)))
        with quiet():
            done = tool.run()
        if not done:
            raise RuntimeError("OpenSim's inverse dynamics tool gave up.")
        found = read_columns(place / "found.sto")
    columns = {name: _column(found, name) for name in values}
    return {name: np.interp(time_s, found["time"], column) for name, column in columns.items()}


def _column(found: dict[str, Floats], name: str) -> Floats:
    return found[f"{name}_moment"] if f"{name}_moment" in found else found[f"{name}_force"]


def external_loads(place: Path, time_s: Floats, forces: tuple[PointForce, ...]) -> Path:
    """Write forces into a folder as OpenSim's external loads; return the file that names them."""
    library = opensim()
    columns: dict[str, Floats] = {}
    loads = library.ExternalLoads()
    loads.setDataFileName(str(place / "forces.mot"))
    for body, force_n, point_m in forces:
        for word, vector in (("f", force_n), ("p", point_m)):
            deep = np.zeros((time_s.size, 3))
            deep[:, : vector.shape[1]] = vector
            columns |= {f"{body}_{word}{axis}": deep[:, i] for i, axis in enumerate("xyz")}
        one = library.ExternalForce()
        one.setName(body)
        one.set_applied_to_body(body)
        one.set_force_expressed_in_body("ground")
        one.set_point_expressed_in_body("ground")
        one.set_force_identifier(f"{body}_f")
        one.set_point_identifier(f"{body}_p")
        loads.cloneAndAppend(one)
    write_columns(place / "forces.mot", time_s, columns)
    loads.printToXML(str(place / "loads.xml"))
    return place / "loads.xml"
