"""Pytest puts the folder of this file on the path, so that every test can import the helpers that lie beside it."""

import os

# What the commands print must not hang on the window in which the tests run.
os.environ.pop("COLUMNS", None)
