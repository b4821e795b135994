"""Synthetic archives of news reports with known copies, updates and same-event groups; see :mod:`archive.make`."""
