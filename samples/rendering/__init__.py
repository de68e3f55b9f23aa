"""Procedural pictures and films of invented places, rendered with numpy, Pillow and PyAV only.

`noise` and `camera` are at the bottom; `ground`, `solids` and `hud` build the films of `clips`; `landscape` builds
the photographs of `countryside`, `shore` and `town`; `edits` turns known pictures into those of a release.
"""
