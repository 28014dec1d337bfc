"""The reports of check-links in formats for other readers: one file a format, each a pure function of the report."""
