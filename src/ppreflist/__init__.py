"""ppreflist: a citation and reading-list manager that keeps references true for years."""

__version__ = "0.1.0"
