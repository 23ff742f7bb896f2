from importlib.resources import files

import numpy as np
import pytest

from primemover.dynamics.muscles import table as module
from primemover.dynamics.muscles.table import exponents, muscle_table
from primemover.errors import PrimeMoverError
from primemover.knowledge import loading

TABLE = muscle_table()


def test_the_table_is_small_and_covers_the_muscles_the_report_names() -> None:
    path = files("primemover.knowledge") / "data" / "muscle_geometry.toml"
    assert len(path.read_bytes()) < 100_000
    named = {
        "gluteus_maximus",
        "hamstrings",
        "adductor_magnus",
        "quadriceps",
        "calves",
        "erector_spinae",
        "multifidus",
    }
    used = {TABLE.groups[i].id for part in (TABLE.leg, TABLE.trunk) for i in part.group}
    assert named <= used
    assert used == {row.id for row in TABLE.groups}


def test_latissimus_is_left_out_and_psoas_is_there_once() -> None:
    ids = [*TABLE.leg.ids, *TABLE.trunk.ids]
    assert not [name for name in ids if name.startswith("LD")]
    assert [name for name in ids if name.lower().startswith("ps")] == ["psoas"]


def test_every_source_model_states_licence_and_what_was_taken() -> None:
    for row in TABLE.models:
        assert row.licence
        assert "sha256" in row.version
        assert row.taken
        assert row.sources


def test_held_arms_are_named_in_the_rows() -> None:
    rows = {row.id: row for row in loading.read_rows("muscle_geometry", "leg", module.LegRow)}
    assert "hip > 95 deg" in rows["iliacus"].held
    assert "knee > 95 deg" in rows["vaslat"].held
    assert rows["soleus"].held == ""


def test_parameters_are_those_of_human_muscles() -> None:
    for part in (TABLE.leg, TABLE.trunk):
        assert part.max_force_n.min() > 20.0
        assert part.max_force_n.max() < 10_000.0
        assert part.optimal_fibre_m.min() > 0.01
        assert part.optimal_fibre_m.max() < 0.5
        assert part.pennation_rad.max() < np.radians(35.0)


def test_the_monomials_are_all_of_a_degree() -> None:
    assert exponents(2, 2).tolist() == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [2, 0]]
    assert len(exponents(2, 5)) == 21


@pytest.mark.parametrize(
    ("table", "field", "value", "said"),
    [
        ("leg", "group", "wings", "of no group"),
        ("leg", "length_m", [0.1], "coefficients"),
        ("strand", "up", [0.1], "coefficients"),
        ("leg", "id", "soleus", "soleus is there twice"),
        ("model", "sources", ["nobody"], "cites nobody"),
        ("leg", "max_force_n", "strong", "valid number"),
    ],
)
def test_a_broken_table_is_refused(
    monkeypatch: pytest.MonkeyPatch, table: str, field: str, value: object, said: str
) -> None:
    raw = loading._raw("muscle_geometry")
    broken = {**raw, table: [{**raw[table][0], field: value}, *raw[table][1:]]}
    monkeypatch.setattr(loading, "_raw", lambda _name: broken)
    with pytest.raises(PrimeMoverError, match=said):
        muscle_table.__wrapped__()
