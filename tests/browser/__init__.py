"""The register as people use it: every role's main job in a real browser."""
