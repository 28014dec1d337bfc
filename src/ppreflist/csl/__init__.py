"""A CSL 1.0.2 processor: style + locale + items (+ citations) -> text.

Data is CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html, schema
``csl-data.json``); the language of styles is the CSL specification
(https://docs.citationstyles.org/en/stable/specification.html). The engine is pure: parent styles and
locales come through function arguments. Files are read only in ``locate``.

The door, in three calls::

    from ppreflist.csl.processor import Processor
    from ppreflist.csl.style import load_style
    from ppreflist.csl import locate

    style = load_style(text, path="apa.csl", parent=None)      # XML text or bytes -> Style; MalformedStyle
    with line processor = Processor(style, locale_text=locate.locale_text, lang=None, format="html",
    links=True) rendered = processor.process(items, citations=(), cited_only=False)

- ``load_style(text: str | bytes, *, path: str = "", parent: Callable[[str], str | bytes] | None = None) ->
  Style``. ``parent(id)`` returns the XML of the independent style that a dependent style names; without it
  a dependent style is an error. ``Style`` has ``id``, ``title``, ``citation_class`` ("in-text" or "note"),
  ``citation_format``, ``default_locale``, ``has_bibliography``.
- ``Processor(style, *, locale_text: Callable[[str], str | bytes | None], lang: str | None = None,
  format: str | Writer = "html", links: bool = True)``. ``locale_text("de-DE")`` returns the XML of
  ``locales-de-DE.xml`` or None. ``lang`` beats the style's ``default-locale``. ``format`` is a name of
  ``writers.registry`` or a ``Writer``.
- ``processor.process(items, citations=(), *, cited_only=False) -> Rendered``: ``items`` are CSL-JSON
  mappings with an ``id``; ``citations`` are in document order, each a sequence of cites (``{"id",
  "locator", "label", "prefix", "suffix", "suppress-author", "author-only"}``) or a mapping ``{"citationItems": [cites], "properties": {"noteIndex"}}``
  as citeproc-js takes them. Items that are not cited follow in the order given, unless ``cited_only``.
- ``processor.bibliography(items) -> Bibliography`` and ``processor.cite(items, cites) -> str`` for the
  simple cases.
- ``Rendered(citations, bibliography, warnings)``, ``Bibliography(entries, layout, text)``, ``Entry(id,
  text)``, ``Layout(hanging_indent, second_field_align, line_spacing, entry_spacing, max_offset)`` and
  ``Warning(item, variable, message)`` are in ``results``.

An item that is malformed renders what it can and leaves a warning; it never raises.
"""
