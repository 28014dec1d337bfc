"""A CSL 1.0.2 processor: style + locale + items (+ citations) -> text.

Data is CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html, schema
``csl-data.json``); the language of styles is the CSL specification
(https://docs.citationstyles.org/en/stable/specification.html). The engine is pure: parent styles and
locales come through function arguments. Files are read only in ``locate``.

The door, in three calls::

    from ppreflist.csl import locate
    from ppreflist.csl.processor import Processor
    from ppreflist.csl.style import load_style

    style = load_style(locate.style_text("apa"), path="apa", parent=locate.parent_text)
    processor = Processor(style, locale_text=locate.locale_text, lang="en-US", format="html")
    rendered = processor.process(items, citations)

``load_style(text, *, path="", parent=None) -> Style``
    ``text`` is XML (``str`` or ``bytes``); ``parent(id)`` returns the XML of the independent style that a
    dependent style names. Raises ``MalformedStyle`` with the line. A ``Style`` has ``id``, ``title``,
    ``citation_class`` ("in-text" or "note"), ``citation_format``, ``default_locale``, ``has_bibliography``.

``Processor(style, *, locale_text, lang=None, format="html", links=True)``
    ``locale_text("de-DE")`` returns the XML of ``locales-de-DE.xml``, or None. ``lang`` beats the style's
    ``default-locale``. ``format`` is a name of ``writers.registry`` or a ``Writer``. ``links``: DOI, URL, PMID and
    PMCID are links where the format has them. A processor keeps nothing between calls.

``processor.process(items, citations=(), *, cited_only=False, in_item_order=False) -> Rendered``
    ``items`` are CSL-JSON mappings with an ``id``. ``citations`` are in document order: each is a sequence of cites
    (``{"id", "locator", "label", "prefix", "suffix", "suppress-author", "author-only"}``) or, as citeproc-js has
    them, ``{"citationItems": [cites], "properties": {"noteIndex", "mode", "infix"}}`` with ``mode`` "composite",
    "author-only" or "suppress-author". Without ``noteIndex`` citations of a note style are in notes 1, 2, 3 ...
    Items that are not cited follow in the order given, unless ``cited_only``. An edited document is processed again.

``processor.bibliography(items) -> Bibliography`` and ``processor.cite(items, cites) -> str``
    for the simple cases.

``Rendered(citations, bibliography, warnings)``, ``Bibliography(entries, layout, text)``, ``Entry(id, text)``,
``Layout(hanging_indent, second_field_align, line_spacing, entry_spacing, max_offset)`` and
``Warning(item, variable, message)`` are in ``results``.

An item that is malformed renders what it can and leaves a warning; it never raises.
"""
