"""People who do not exist, filmed, with every angle known exactly.

    python -m validation.virtual render conventional --style rounded --body 3 --seed 7 \
        --out lift.mp4 --yaw 10 --clothes hoodie --room gym --extras rack passer_behind
    python -m validation.virtual render forward_bend --out bend.mp4 --shot hard
    python -m validation.virtual sample

From the bottom up: `bodies` (who), `skeleton` (forward kinematics, skin), `posture` (clinical
angles to a pose), `timing` (smooth strokes between postures), one file a move, `moves` (all of
them), `wardrobe` (what is worn), `shot` and `shot_draws` (how it is filmed), `camera`, `room`
(`panels` of `textures`), `props` and `passers` (things and people in the way), `raster` (compiled:
the picture), `scene` (everything together), `develop` (the sensor), `truth` (angles from the posed
joint centres), `film` (pictures and the file).

Seeds make all of it reproducible; pictures can differ by a grey level between processors.
"""
