"""Driving the window as a person does: the main job on a virtual screen, and pictures of every screen.

`drive.practice` is behind `./dev run` where there is no display, `drive.pictures` behind `./dev pictures`.
"""
