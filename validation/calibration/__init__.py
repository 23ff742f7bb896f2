"""Fit and test the corrections on virtual people seen by the product's own pose engine.

    python -m validation.calibration watch fit --folder F     # render and look: hours on one core
    python -m validation.calibration fit --folder F           # fit, ship into the package
    python -m validation.calibration watch test --folder F    # people never used in fitting

From the bottom up: `cases` (who does what, filmed how: drawn by seed), `watching` (render, look,
keep), `readings` (what the exam makes of a kept film, beside its truth), `learning` (the fit),
`collecting` (results for the error table).
"""
