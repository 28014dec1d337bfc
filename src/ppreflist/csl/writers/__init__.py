"""Output formats: what a settled string (see ``ppreflist.csl.markup``) looks like in HTML, plain text ...

A writer is a module-level object that satisfies ``Writer`` (writers/writer.py).
"""
