"""What real clips can tell without any truth: repeatability, two cameras, standing, likeness.

The recordings are not part of the project. From the bottom up: `clips` (which films, watched once
and kept), `again` (read a film's curves again, plain or corrected, from another standing or from
every other picture), `spread` (numbers of scatter), `repeating`, `two_cameras`, `standing`,
`rounding`, `likeness` (one question each), `page` (the section of docs/accuracy.md).
"""
