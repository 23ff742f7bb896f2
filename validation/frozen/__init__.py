"""A few films of virtual people, frozen to what was seen in them, and the gate they keep.

A frozen film is its landmarks, silhouettes, the load's path and the truth: no picture, no network.
The product's own exam reads it in a fraction of a second, so every change of the outline, of the
angles, of the events or of the correction shows within seconds in the ordinary tests.

``python -m validation.frozen freeze --folder F`` makes the films from kept ones
(`validation.calibration watch test`), ``record`` notes the errors that the gate holds, ``check``
prints what the gate says.
"""
