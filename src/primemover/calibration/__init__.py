"""What was read off a film, turned into what is true of the body, with an error that holds.

Landmarks and outlines are biased by body shape, clothes, plates and view. `sight` gathers what a
film shows of a posture, `network` is the small fitted function of it, `model` the shipped fit with
its hash, `side` and `front` apply it to a film's curves. It is fitted on virtual people by
`python -m validation.calibration fit`; nothing here knows how.
"""
