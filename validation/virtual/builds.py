"""Who the generated people are: sex, age, size, local shape, posture and tissue, drawn by seed.

Nothing here knows a mesh. `export_people.py` turns each build into a body once; the factors
travel with the body, so that an error can be looked up against them.
"""

from dataclasses import dataclass, field

import numpy as np

from validation.virtual.tissue import SPREAD_ROUNDS, Tissue

# Left and right always get the same value: the people are symmetric at rest.
# (shape, standard deviation, lowest, highest), in units of MakeHuman's own sliders, whose
# range is -1 to 1. The limits are engineering defaults: what still looked like somebody.
LOCAL_SHAPES: tuple[tuple[str, float, float, float], ...] = (
    ("buttocks-volume-incr", 0.75, -1.4, 1.6),
    ("hip-scale-horiz-incr", 0.35, -0.8, 0.8),
    ("hip-scale-depth-incr", 0.35, -0.8, 0.8),
    ("hip-scale-vert-incr", 0.25, -0.6, 0.6),
    ("hip-waist-up", 0.35, -0.6, 0.8),
    ("hip-trans-forward", 0.22, -0.5, 0.5),
    ("stomach-pregnant-incr", 0.14, -0.6, 0.5),
    ("stomach-tone-incr", 0.40, -0.9, 0.8),
    ("pelvis-tone-incr", 0.35, -0.6, 0.8),
    ("torso-scale-depth-incr", 0.40, -0.9, 0.9),
    ("torso-scale-horiz-incr", 0.30, -0.7, 0.7),
    ("torso-scale-vert-incr", 0.15, -0.4, 0.3),
    ("torso-trans-forward", 0.22, -0.5, 0.5),
    ("torso-vshape-incr", 0.35, -0.8, 0.8),
    ("torso-muscle-dorsi-incr", 0.45, -0.9, 1.0),
    ("torso-muscle-pectoral-incr", 0.40, -0.9, 0.9),
    ("measure-napetowaist-dist-incr", 0.15, -0.4, 0.3),
    ("measure-waisttohip-dist-incr", 0.15, -0.4, 0.3),
    ("measure-shoulder-dist-incr", 0.35, -0.8, 0.8),
    ("measure-waist-circ-incr", 0.30, -0.7, 0.7),
    ("measure-hips-circ-incr", 0.30, -0.7, 0.7),
    ("measure-bust-circ-incr", 0.25, -0.6, 0.6),
    ("measure-underbust-circ-incr", 0.30, -0.7, 0.7),
    ("breast-trans-up", 0.30, -0.8, 0.6),
    ("breast-volume-vert-up", 0.30, -0.7, 0.7),
    ("neck-trans-forward", 0.45, -0.9, 1.0),
    ("neck-back-scale-depth-incr", 0.45, -0.9, 1.0),
    ("measure-neck-circ-incr", 0.40, -0.9, 0.9),
    ("measure-neck-height-incr", 0.35, -0.8, 0.8),
    ("neck-double-incr", 0.30, -0.5, 0.9),
    ("upperlegs-height-incr", 0.16, -0.4, 0.35),
    ("lowerlegs-height-incr", 0.16, -0.4, 0.35),
    ("measure-thigh-circ-incr", 0.35, -0.8, 0.8),
    ("measure-calf-circ-incr", 0.35, -0.8, 0.8),
    ("measure-knee-circ-incr", 0.25, -0.6, 0.6),
    ("l-upperleg-fat-incr", 0.25, -0.6, 0.6),
    ("l-upperleg-muscle-incr", 0.35, -0.8, 0.8),
    ("l-upperleg-scale-depth-incr", 0.30, -0.7, 0.7),
    ("l-leg-valgus-incr", 0.12, -0.3, 0.3),
    ("measure-upperarm-length-incr", 0.18, -0.3, 0.6),
    ("measure-lowerarm-length-incr", 0.18, -0.3, 0.6),
    ("l-upperarm-fat-incr", 0.30, -0.7, 0.7),
    ("l-upperarm-muscle-incr", 0.35, -0.8, 0.8),
    ("l-upperarm-shoulder-muscle-incr", 0.35, -0.8, 0.8),
    ("head-scale-vert-incr", 0.20, -0.5, 0.5),
    ("head-back-scale-depth-incr", 0.25, -0.6, 0.6),
)

# How much fat (BMI above 24, per 10 kg/m2) and age (beyond 45, per 30 years) shift a shape.
_WITH_FAT = {
    "stomach-pregnant-incr": 0.25,
    "neck-double-incr": 0.35,
    "stomach-tone-incr": -0.30,
    "l-upperleg-fat-incr": 0.15,
}
# MakeHuman's arms are short against surveys of adults: most people get longer ones.
_ALWAYS = {"measure-upperarm-length-incr": 0.22, "measure-lowerarm-length-incr": 0.22}
_WITH_AGE = {
    "stomach-pregnant-incr": 0.10,
    "neck-trans-forward": 0.45,
    "buttocks-volume-incr": -0.30,
    "stomach-tone-incr": -0.20,
    "breast-trans-up": -0.25,
}

# Bumps of the outline that no slider makes: (region of `tissue.FLESH`, standard deviation).
BUMPS_M = (("buttock", 0.006), ("sacrum", 0.004), ("low_back", 0.005), ("upper_back", 0.005))

# Joint centres that stand elsewhere under the same skin: (joints, axes X, Y, Z, deviation).
JOINT_SHIFTS_M = (
    ("l5s1", (0.005, 0.007, 0.0)),
    ("l3l4", (0.004, 0.007, 0.0)),
    ("t12l1", (0.004, 0.008, 0.0)),
    ("t7t8", (0.005, 0.008, 0.0)),
    ("hip", (0.004, 0.004, 0.003)),
)
_SHIFT_LIMIT = 1.8
_CLIP = 2.2

# Standing posture against MakeHuman's: engineering defaults near the scatter of adults' curves.
_LORDOSIS_SD_RAD, _LORDOSIS_LIMIT_RAD = np.radians(8.0), np.radians(16.0)
_KYPHOSIS_SD_RAD, _KYPHOSIS_LIMIT_RAD = np.radians(6.0), np.radians(14.0)
_KYPHOSIS_PER_YEAR_RAD = np.radians(0.15)

AGE_YEARS = (18.0, 75.0)
BMI_KG_M2 = (17.0, 24.0, 38.0)
STATURE_M = {"female": (1.48, 1.66, 1.86), "male": (1.58, 1.78, 2.02)}
_LEAN_KG_M2, _MEDIUM_KG_M2, _HEAVY_KG_M2 = 20.0, 24.0, 33.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Everything that was drawn of one person.

    Attributes
    ----------
    sex : "female" or "male"
    stature_m, bmi_kg_m2 : what the body is solved for
    muscle, proportions, cup, firmness : MakeHuman's sliders, 0 to 1
    ancestry : shares of MakeHuman's three head-and-body sets (african, asian, caucasian)
    local : shape -> slider, see LOCAL_SHAPES
    lordosis_rad, kyphosis_rad : more hollow low back, rounder upper back than MakeHuman's
    bumps_m : region -> outward bump of the outline, see BUMPS_M
    joint_shifts_m : joint -> (3,) shift of its centre; Z outward, both sides alike
    """

    sex: str
    age_years: float
    stature_m: float
    bmi_kg_m2: float
    muscle: float
    proportions: float
    cup: float
    firmness: float
    ancestry: tuple[float, float, float]
    lordosis_rad: float
    kyphosis_rad: float
    local: dict[str, float] = field(default_factory=dict)
    bumps_m: dict[str, float] = field(default_factory=dict)
    joint_shifts_m: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    tissue: Tissue

    def factors(self) -> dict[str, float]:
        """Return all of it as one flat mapping of numbers."""
        names = ("age_years", "stature_m", "bmi_kg_m2", "muscle", "proportions", "cup", "firmness")
        out = {name: float(getattr(self, name)) for name in names}
        out |= dict(zip(("african", "asian", "caucasian"), self.ancestry, strict=True))
        out |= {"lordosis_rad": self.lordosis_rad, "kyphosis_rad": self.kyphosis_rad}
        out |= self.local
        out |= {f"bump_{region}_m": bump for region, bump in self.bumps_m.items()}
        for joint, shift in self.joint_shifts_m.items():
            out |= {f"{joint}_{axis}_m": shift[i] for i, axis in enumerate("xyz")}
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The part of a person that is spread evenly over all: one row of a Latin hypercube."""

    sex: str
    age_years: float
    stature_m: float
    bmi_kg_m2: float
    muscle_share: float


def cells(count: int, *, seed: int) -> tuple[Cell, ...]:
    """Return `count` people of each sex in turn, women first, spread evenly in four factors."""
    random = np.random.default_rng(seed)
    out: dict[str, list[Cell]] = {}
    for sex, statures_m in STATURE_M.items():
        ranks = np.stack([random.permutation(count) for _ in range(4)])
        shares = (ranks + random.uniform(size=ranks.shape)) / count
        out[sex] = [
            Cell(
                sex=sex,
                age_years=AGE_YEARS[0] + (AGE_YEARS[1] - AGE_YEARS[0]) * float(age),
                stature_m=triangular(float(stature), statures_m),
                bmi_kg_m2=triangular(float(bmi), BMI_KG_M2),
                muscle_share=float(muscle),
            )
            for age, stature, bmi, muscle in shares.T
        ]
    return tuple(cell for pair in zip(*out.values(), strict=True) for cell in pair)


def triangular(share: float, limits: tuple[float, float, float]) -> float:
    """Return the value of a triangular distribution (low, mode, high) at a share, 0 to 1."""
    low, mode, high = limits
    if share < (mode - low) / (high - low):
        return float(low + np.sqrt(share * (high - low) * (mode - low)))
    return float(high - np.sqrt((1.0 - share) * (high - low) * (high - mode)))


def draw_build(cell: Cell, random: np.random.Generator) -> Build:
    """Return a person of a cell, all else drawn."""
    fat = (cell.bmi_kg_m2 - BMI_KG_M2[1]) / 10.0
    age = max(0.0, cell.age_years - 45.0) / 30.0
    local = {}
    for shape, sd, low, high in LOCAL_SHAPES:
        middle = _ALWAYS.get(shape, 0.0)
        middle += fat * _WITH_FAT.get(shape, 0.0) + age * _WITH_AGE.get(shape, 0.0)
        local[shape] = float(np.clip(random.normal(middle, sd), low, high))
    older = _KYPHOSIS_PER_YEAR_RAD * (cell.age_years - 45.0)
    return Build(
        sex=cell.sex,
        age_years=cell.age_years,
        stature_m=cell.stature_m,
        bmi_kg_m2=cell.bmi_kg_m2,
        muscle=_muscle(cell),
        proportions=float(random.uniform(0.25, 0.95)),
        cup=float(random.beta(2.0, 2.5)),
        firmness=float(np.clip(random.normal(0.6 - 0.3 * age, 0.15), 0.0, 1.0)),
        ancestry=_shares(random),
        local=local,
        lordosis_rad=_bounded(random, 0.0, _LORDOSIS_SD_RAD, _LORDOSIS_LIMIT_RAD),
        kyphosis_rad=_bounded(random, older, _KYPHOSIS_SD_RAD, _KYPHOSIS_LIMIT_RAD),
        bumps_m={region: _bounded(random, 0.0, sd, _CLIP * sd) for region, sd in BUMPS_M},
        joint_shifts_m={joint: _shift(random, sd) for joint, sd in JOINT_SHIFTS_M},
        tissue=draw_tissue(random, fat=fat),
    )


def _bounded(random: np.random.Generator, middle: float, sd: float, limit: float) -> float:
    return float(np.clip(random.normal(middle, sd), -limit, limit))


def _shift(
    random: np.random.Generator, sd_m: tuple[float, float, float]
) -> tuple[float, float, float]:
    x, y, z = (_bounded(random, 0.0, sd, _SHIFT_LIMIT * sd) for sd in sd_m)
    return (x, y, z)


def _muscle(cell: Cell) -> float:
    """Keep muscle to what the mass index leaves room for: no thin giants of strength."""
    low = float(np.interp(cell.bmi_kg_m2, [_MEDIUM_KG_M2, _HEAVY_KG_M2], [0.15, 0.08]))
    high = float(np.interp(cell.bmi_kg_m2, [17.0, _LEAN_KG_M2, _MEDIUM_KG_M2], [0.30, 0.55, 0.95]))
    if cell.sex == "female":
        high = min(high, 0.80)
    return low + (high - low) * cell.muscle_share


def _shares(random: np.random.Generator) -> tuple[float, float, float]:
    african, asian, caucasian = (float(part) for part in random.dirichlet([0.6, 0.6, 0.6]))
    return (african, asian, caucasian)


def draw_tissue(random: np.random.Generator, *, fat: float) -> Tissue:
    """Draw how skin follows bone; one person in six bends as plain linear blending does."""
    if random.uniform() < 1.0 / 6.0:
        return Tissue()
    softness = float(np.clip(1.0 + 0.5 * fat, 0.5, 1.6))
    return Tissue(
        spread=int(random.integers(0, len(SPREAD_ROUNDS))),
        volume=float(random.uniform(0.0, 1.0)),
        buttock_m=-softness * float(random.uniform(-0.006, 0.016)),
        sacrum_m=float(random.uniform(-0.006, 0.006)),
        low_back_m=float(random.uniform(-0.007, 0.007)),
        upper_back_m=float(random.uniform(-0.005, 0.010)),
        belly_m=softness * float(random.uniform(-0.005, 0.015)),
    )


def years_of(age_slider: float) -> float:
    """Return the age that MakeHuman's slider (anny's, 2/3 to 1) stands for: 25 to 90 years."""
    return 25.0 + 65.0 * (age_slider - 2.0 / 3.0) * 3.0


def age_slider_of(age_years: float) -> float:
    """Return the slider of an age; younger than 25 looks as 25 does."""
    return 2.0 / 3.0 + max(age_years - 25.0, 0.0) / 65.0 / 3.0
