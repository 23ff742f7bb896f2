from collections.abc import Iterator

import numpy as np

from primemover.dynamics.muscles.anatomy import article_role, bones_joined
from primemover.dynamics.muscles.roles import Role, roles_in_phases, roles_of
from primemover.dynamics.muscles.sharing import share_muscles
from primemover.dynamics.muscles.table import muscle_table
from primemover.knowledge.loading import load
from primemover.knowledge.programme_rows import MuscleRow
from tests.unit.dynamics.muscles.lifting import LIFTER, PHASES, lift

TABLE = muscle_table()


def test_roles_follow_from_work_length_and_effort() -> None:
    found = roles_of(
        work_j=np.array([80.0, 5.0, 30.0, -20.0, 90.0]),
        stretch_change=np.array([-0.2, -0.2, -0.01, 0.1, -0.2]),
        effort=np.array([0.5, 0.5, 0.5, 0.5, 0.01]),
    )
    assert [Role(int(role)) for role in found] == [
        Role.PRIME_MOVER,  # shortens and works
        Role.STABILISER,  # shortens, but gives hardly any of the work
        Role.STABILISER,  # near-isometric
        Role.BRAKE,  # lengthens under force
        Role.IDLE,  # hardly pulls
    ]


def test_without_work_nobody_is_a_prime_mover() -> None:
    still = np.zeros(3)
    found = roles_of(work_j=still, stretch_change=still, effort=np.ones(3))
    assert (found == Role.STABILISER).all()


def test_a_lift_with_a_still_back_has_its_hips_as_movers_and_its_back_as_stabiliser() -> None:
    posture, loads = lift(6)
    found = roles_in_phases(share_muscles(posture, loads, LIFTER), PHASES)["lift_off"]
    roles = dict(zip(found.groups, found.role, strict=True))
    assert roles["gluteus_maximus"] is Role.PRIME_MOVER
    assert roles["quadriceps"] is Role.PRIME_MOVER
    assert roles["erector_spinae"] is Role.STABILISER
    assert roles["multifidus"] is Role.STABILISER
    np.testing.assert_allclose(found.belief.sum(axis=1), 1.0)


def test_a_lift_that_ends_with_the_back_has_its_back_as_a_mover() -> None:
    posture, loads = lift()
    posture.lumbar_flexion_rad[:] = np.radians(np.linspace(60.0, 0.0, posture.time_s.size))
    shared = share_muscles(posture, loads, LIFTER)
    found = roles_in_phases(shared, {"end": (1.0, 2.0)})["end"]
    assert found.role[found.groups.index("erector_spinae")] is Role.PRIME_MOVER


def test_lowering_turns_movers_into_brakes() -> None:
    posture, loads = lift()
    for name in ("hip_flexion_rad", "knee_flexion_rad", "dorsiflexion_rad"):
        getattr(posture, name)[:] = getattr(posture, name)[::-1].copy()
    for name in ("hip_nm", "knee_nm", "ankle_nm", "l5s1_nm"):
        getattr(loads, name)[:] = getattr(loads, name)[::-1].copy()
    shared = share_muscles(posture, loads, LIFTER)
    found = roles_in_phases(shared, {"lowering": (1.3, 2.0)})["lowering"]
    assert found.role[found.groups.index("gluteus_maximus")] is Role.BRAKE


def test_a_phase_that_was_not_filmed_gives_no_roles() -> None:
    posture, loads = lift()
    assert roles_in_phases(share_muscles(posture, loads, LIFTER), {"later": (1.5, 3.0)}) == {}


def on_the_felt_map() -> Iterator[tuple[str, tuple[str, str], MuscleRow]]:
    """Yield each muscle that the felt map knows, the bones it joins and its row there."""
    bones, muscles = bones_joined(TABLE), load().muscles
    for part in (TABLE.leg, TABLE.trunk):
        for name, group in zip(part.ids, part.group, strict=True):
            row = muscles.get(TABLE.groups[group].felt)
            if row is not None:
                yield name, bones[name], row


def test_the_article_s_rule_names_what_the_felt_map_says_but_for_known_muscles() -> None:
    disagree = set()
    for name, bones, row in on_the_felt_map():
        said = article_role(bones)
        if said not in {"not_said", row.role}:
            disagree.add((name, said, row.role))
    # iliacus and psoas join pelvis (psoas: spine) and femur, but bend the hip; the short head of
    # biceps is felt among the hamstrings and joins femur and tibia only
    assert disagree == {
        ("iliacus", "prime_mover", "stabiliser"),
        ("psoas", "prime_mover", "stabiliser"),
        ("bfsh", "stabiliser", "prime_mover"),
    }


def test_the_felt_map_joins_the_same_bones_but_for_known_muscles() -> None:
    disagree = {
        name: bones for name, bones, row in on_the_felt_map() if set(row.connects) != set(bones)
    }
    leg_only = {name for name in disagree if name in TABLE.leg.ids}
    assert leg_only == {
        "bfsh",  # femur to tibia
        "gaslat",  # femur to foot, over two joints
        "gasmed",
        "grac",  # pelvis to tibia
        "iliacus",  # pelvis to femur
        "psoas",  # spine to femur; the leg model begins it at the pelvis
        "recfem",  # pelvis to tibia
        "sart",
        "tfl",
    }
    trunk_only = {bones for name, bones in disagree.items() if name not in leg_only}
    assert trunk_only <= {("spine", "ribs"), ("spine", "pelvis")}


def test_every_group_is_felt_where_the_felt_map_knows_it() -> None:
    assert {row.felt for row in TABLE.groups} - {""} <= set(load().muscles)
