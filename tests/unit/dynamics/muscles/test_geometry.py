import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from primemover.dynamics.muscles.geometry import active_force_share, evaluate, out_of_range
from primemover.dynamics.muscles.optimum import least_effort
from primemover.dynamics.muscles.table import Angle, muscle_table
from primemover.model.arrays import Floats

TABLE = muscle_table()
LEG: tuple[Angle, ...] = ("hip", "knee", "ankle")


def grid(step_deg: float) -> dict[Angle, Floats]:
    """Return all combinations of leg angles over the table's whole range."""
    axes = [np.arange(*TABLE.range_rad[a], np.radians(step_deg)) for a in LEG]
    mesh = np.meshgrid(*axes, indexing="ij")
    return {angle: values.ravel() for angle, values in zip(LEG, mesh, strict=True)}


def angles_in(draw: Floats) -> dict[Angle, Floats]:
    """Return leg angles at shares 0..1 of their ranges, each (1,)."""
    return {
        angle: np.array([low + share * (high - low)])
        for share, (angle, (low, high)) in zip(
            draw, ((a, TABLE.range_rad[a]) for a in LEG), strict=True
        )
    }


shares = st.tuples(*[st.floats(0.0, 1.0)] * 3)


@given(draw=shares)
@settings(max_examples=30, deadline=None)
def test_an_arm_is_the_slope_of_the_path_length(draw: tuple[float, float, float]) -> None:
    here = angles_in(0.02 + 0.96 * np.array(draw))
    output = evaluate(TABLE, TABLE.leg, here).output
    for angle in LEG:
        ahead, behind = dict(here), dict(here)
        ahead[angle] = here[angle] + 1e-4
        behind[angle] = here[angle] - 1e-4
        longer = evaluate(TABLE, TABLE.leg, ahead).output["length_m"]
        shorter = evaluate(TABLE, TABLE.leg, behind).output["length_m"]
        np.testing.assert_allclose(output[f"{angle}_m"], (longer - shorter) / 2e-4, atol=1e-6)


@pytest.mark.parametrize(
    ("group", "output", "sign"),
    [
        ("gluteus_maximus", "hip_m", 1),
        ("hip_rotators", "hip_m", 1),
        ("quadriceps", "knee_m", 1),
        ("biceps_short_head", "knee_m", -1),
        ("calves", "ankle_m", 1),
        ("deep_calves", "ankle_m", 1),
        ("shins", "ankle_m", -1),
    ],
)
def test_arms_keep_their_sign_over_the_whole_range(group: str, output: str, sign: int) -> None:
    arms = evaluate(TABLE, TABLE.leg, grid(5.0)).output[output]
    own = arms[TABLE.leg.group == TABLE.index(group)]
    # piriformis runs through the hip's centre at 120 deg in the source model: 2 mm of slack
    assert (sign * own).min() > (-0.002 if group == "hip_rotators" else 0.0)


def test_hamstrings_extend_the_hip_and_iliopsoas_bends_it_even_in_deep_flexion() -> None:
    angles = grid(5.0)
    hip_m = evaluate(TABLE, TABLE.leg, angles).output["hip_m"]
    for name in ("bflh", "semimem", "semiten"):
        assert hip_m[TABLE.leg.ids.index(name)].min() > 0.005
    for name in ("iliacus", "psoas"):
        assert hip_m[TABLE.leg.ids.index(name)].max() < -0.02


def test_arms_change_smoothly() -> None:
    hip = np.radians(np.arange(-20.0, 130.1, 0.5))
    angles: dict[Angle, Floats] = {
        "hip": hip,
        "knee": np.full_like(hip, 1.0),
        "ankle": np.zeros_like(hip),
    }
    hip_m = evaluate(TABLE, TABLE.leg, angles).output["hip_m"]
    assert np.abs(np.diff(hip_m, axis=1)).max() < 0.001  # a wrap that flips jumps by 20 to 50 mm


def test_back_muscles_extend_and_the_straight_abdominal_bends() -> None:
    lumbar = np.radians(np.arange(-20.0, 70.1, 1.0))
    l5s1_m = evaluate(TABLE, TABLE.trunk, {"lumbar": lumbar}).output["l5s1_m"]
    for group in ("erector_spinae", "multifidus"):
        assert l5s1_m[TABLE.trunk.group == TABLE.index(group)].min() > -1e-5
    assert l5s1_m[TABLE.trunk.ids.index("rect_abd")].max() < -0.03


def test_every_muscle_that_crosses_the_disc_presses_it_together() -> None:
    lumbar = np.radians(np.arange(-20.0, 70.1, 1.0))
    output = evaluate(TABLE, TABLE.trunk, {"lumbar": lumbar}).output
    crossing = np.abs(output["l5s1_m"]).max(axis=1) > 1e-3
    pull = np.hypot(output["forward"], output["up"])
    assert output["up"][crossing].max() < -0.2
    assert pull.max() < 1.02  # a share of the muscle's own force
    assert pull[~crossing].max() < 1e-3


def test_full_activation_gives_no_more_than_the_largest_force() -> None:
    geometry = evaluate(TABLE, TABLE.leg, grid(10.0))
    assert (geometry.capacity_n <= TABLE.leg.max_force_n[:, None]).all()
    assert geometry.capacity_n.min() > 0.0
    assert active_force_share(np.array([1.0]))[0] == 1.0
    assert active_force_share(np.array([1.0 + 0.45**0.5]))[0] == pytest.approx(np.exp(-1.0))


def test_outside_its_range_the_table_stays_at_the_nearer_end_and_says_so() -> None:
    deep: dict[Angle, Floats] = {
        "hip": np.radians([130.0, 150.0]),
        "knee": np.radians([50.0, 50.0]),
        "ankle": np.zeros(2),
    }
    output = evaluate(TABLE, TABLE.leg, deep).output
    np.testing.assert_array_equal(output["hip_m"][:, 0], output["hip_m"][:, 1])
    assert out_of_range(TABLE, deep).tolist() == [False, True]


def test_the_leg_can_pull_every_moment_both_ways_in_every_posture() -> None:
    geometry = evaluate(TABLE, TABLE.leg, grid(25.0))
    arms = np.stack([geometry.output[f"{a}_m"] for a in LEG]) * geometry.capacity_n
    for n in range(arms.shape[2]):
        now = arms[:, :, n]
        # activations of at least 1 that cancel out: then any moment can be added to them
        found = linprog(np.ones(now.shape[1]), A_eq=now, b_eq=np.zeros(3), bounds=(1.0, None))
        assert found.status == 0
        assert np.linalg.matrix_rank(now) == 3


def test_the_trunk_can_pull_both_moments_both_ways_in_every_posture() -> None:
    lumbar = np.radians(np.arange(-20.0, 70.1, 5.0))
    geometry = evaluate(TABLE, TABLE.trunk, {"lumbar": lumbar})
    arms = np.stack([geometry.output[n] for n in ("l5s1_m", "t12l1_m")]) * geometry.capacity_n
    for n in range(arms.shape[2]):
        now = arms[:, :, n]
        found = linprog(np.ones(now.shape[1]), A_eq=now, b_eq=np.zeros(2), bounds=(1.0, None))
        assert found.status == 0
        assert np.linalg.matrix_rank(now) == 2


@given(draw=shares, moments=st.tuples(*[st.floats(-400.0, 400.0)] * 3))
@settings(max_examples=60, deadline=None)
def test_any_moments_in_any_posture_are_carried(
    draw: tuple[float, float, float], moments: tuple[float, float, float]
) -> None:
    geometry = evaluate(TABLE, TABLE.leg, angles_in(np.array(draw)))
    arms = np.stack([geometry.output[f"{a}_m"] for a in LEG]) * geometry.capacity_n
    for power in (2, 3):
        found = least_effort(arms, np.array(moments)[:, None], power=power)
        assert found.residual_nm[0] < 1e-5
        assert np.isfinite(found.activation).all()
        assert found.activation.min() >= 0.0


def test_capacity_is_force_times_bell_times_cosine_of_pennation() -> None:
    k = TABLE.leg.ids.index("soleus")
    geometry = evaluate(TABLE, TABLE.leg, angles_in(np.full(3, 0.5)))
    optimal, slack = TABLE.leg.optimal_fibre_m[k], TABLE.leg.tendon_slack_m[k]
    along = geometry.output["length_m"][k, 0] - slack
    thickness = optimal * np.sin(TABLE.leg.pennation_rad[k])
    fibre = np.hypot(along, thickness)
    bell = np.exp(-((fibre / optimal - 1.0) ** 2) / 0.45)
    expected = TABLE.leg.max_force_n[k] * bell * along / fibre
    assert geometry.capacity_n[k, 0] == pytest.approx(expected)
    assert geometry.fibre[k, 0] == pytest.approx(fibre / optimal)
