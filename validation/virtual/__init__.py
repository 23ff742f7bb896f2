"""People who do not exist, filmed, with every angle known exactly.

    python -m validation.virtual render deadlift_side --out lift.mp4 --yaw 10 --body 3
    python -m validation.virtual sample

From the bottom up: `bodies` (who), `skeleton` (forward kinematics, skin), `posture` (clinical
angles to a pose), `timing` (smooth strokes between postures), one file a move (`deadlift`,
`forward_bend`, `hip_rotation`), `wardrobe`, `camera`, `scene`, `raster` (the picture), `truth`
(angles from the posed joint centres), `film` (the file), `moves` (the collection).

A new move is a function `(body, *, seed, frames_per_s) -> Performance` and a row in `moves.CLIPS`.
"""
