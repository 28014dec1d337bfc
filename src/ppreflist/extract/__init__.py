"""Text -> the references in it: identifiers, web addresses, citations in prose and reference lists. Pure.

``find.find(document)`` is the door: it takes a ``document.Document`` (lines with the numbers that they have in their
source) and gives ``finding.Finding`` values in the order of the text. Each holds a draft as a CSL-JSON item; what it
becomes in a library is decided elsewhere. ``readers`` make documents of the bytes of files. ``citation.parse`` reads
one pasted reference.

Nothing here asks a service, and nothing is certain: a draft says what the text says, mistakes included.
"""
