"""Resolvers: an identifier in, a record out. One file a service, with its documentation's address in the docstring.

Every resolver has the same three functions: ``request(identifier, ...)`` and ``record_from(answer)`` are pure,
``lookup(identifier, client, ...)`` asks. A record is a CSL-JSON item, cleaned (``resolve/record.py``); what it becomes
in the library is decided by ``formats/csljson.py``. ``resolver.py`` knows which service is asked for which kind and
asks for many at once; ``services.py`` lists them all with their pace and the variables that lead elsewhere.
A web page is read by ``html.py``, ``linkeddata.py`` and ``webpage.py``.
"""
