"""The record in the browser: pages over the views, the same answers as JSON and CSV, charts, and read-only SQL.

Needs the extra ``web``. :func:`dragoman.web.app.create_app` makes the application, ``dragoman serve`` runs it.
"""
