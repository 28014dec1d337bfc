"""``.bib`` text <-> model, losslessly: the only room that imports bibtexparser.

``scan`` finds the blocks, ``bibfile`` turns edits into splices of the text, ``store`` reads and writes the file.
"""
