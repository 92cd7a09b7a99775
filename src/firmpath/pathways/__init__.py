"""The domain: identifiers, statements, the catalogue and the pathways through it.

Nothing here knows files, clocks, networks or databases, and nothing outside the standard library is
imported. Data flows one way: statements → catalogue → answer → words.
"""
