"""Pictures of firmware and the upgrades between them: a layered layout, written as SVG.

What is to be drawn is a `Picture` of boxes and arrows; nothing here knows the catalogue, and nothing outside
the standard library is imported. All lengths are whole pixels and all sums whole numbers, so that the same
picture gives the same bytes on every machine.

The layers run from top to bottom. Boxes hold text, so they are wide and low: stacked they take a third of the
room they would take side by side, a page scrolls and prints downwards, and "further down is further along"
needs no explaining. A long history goes on in a second column, as in a newspaper.
"""
