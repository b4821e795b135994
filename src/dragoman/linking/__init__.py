"""Which texts are one story, which reports tell of one event, and who is who across articles."""
