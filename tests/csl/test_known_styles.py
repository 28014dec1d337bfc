# ruff: noqa: E501 (expected texts stay on one line, as they are rendered)
"""Well-known styles: three works and a citation. The texts are those of citeproc-js."""

from __future__ import annotations

from typing import Any

import pytest

from ppreflist.csl import locate
from ppreflist.csl.processor import Processor
from ppreflist.csl.style import load_style

_ITEMS: list[dict[str, Any]] = [
    {
        "id": "article",
        "type": "article-journal",
        "title": "Intravenous immunoglobulin: a new era?",
        "author": [
            {"family": "van der Berg", "given": "Jan Pieter"},
            {"family": "Müller", "given": "Jörg"},
            {"family": "Åström", "given": "Karl J."},
        ],
        "issued": {"date-parts": [[2006, 3, 15]]},
        "container-title": "The Lancet Neurology",
        "container-title-short": "Lancet Neurol",
        "volume": "5",
        "issue": "2",
        "page": "136-144",
        "DOI": "10.1016/S1474-4422(06)70329-0",
    },
    {
        "id": "book",
        "type": "book",
        "title": "The structure of scientific revolutions",
        "author": [{"family": "Kuhn", "given": "Thomas S."}],
        "issued": {"date-parts": [[1970]]},
        "edition": "2",
        "publisher": "University of Chicago Press",
        "publisher-place": "Chicago",
    },
    {
        "id": "chapter",
        "type": "chapter",
        "title": "On sleep",
        "author": [{"family": "Both", "given": "Bea"}],
        "editor": [{"family": "Green", "given": "Dora"}, {"family": "Black", "given": "Ed"}],
        "issued": {"date-parts": [[2012]]},
        "page": "1-20",
        "publisher": "Routledge",
        "container-title": "A book of dreams",
        "publisher-place": "London",
    },
]
# style -> the citation of the article, and the entries
_TEXTS = {
    "nlm-citation-sequence": [
        "(1)",
        "1. van der Berg JP, Müller J, Åström KJ. Intravenous immunoglobulin: a new era? Lancet Neurol. 2006 Mar 15;5(2):136–44. doi:10.1016/S1474-4422(06)70329-0",
        "2. Kuhn TS. The structure of scientific revolutions. 2nd ed. Chicago: University of Chicago Press; 1970.",
        "3. Both B. On sleep. In: Green D, Black E, editors. A book of dreams. London: Routledge; 2012. p. 1–20.",
    ],
    "chicago-notes-bibliography": [
        "Jan Pieter van der Berg et al., “Intravenous Immunoglobulin: A New Era?,” The Lancet Neurology 5, no. 2 (2006): 140, https://doi.org/10.1016/S1474-4422(06)70329-0.",
        "Berg, Jan Pieter van der, Jörg Müller, and Karl J. Åström. “Intravenous Immunoglobulin: A New Era?” The Lancet Neurology 5, no. 2 (2006): 136–44. https://doi.org/10.1016/S1474-4422(06)70329-0.",
        "Both, Bea. “On Sleep.” In A Book of Dreams, edited by Dora Green and Ed Black. Routledge, 2012.",
        "Kuhn, Thomas S. The Structure of Scientific Revolutions. 2nd ed. University of Chicago Press, 1970.",
    ],
    "ieee": [
        "[1, p. 140]",
        "[1] J. P. van der Berg, J. Müller, and K. J. Åström, “Intravenous immunoglobulin: a new era?,” Lancet Neurol, vol. 5, no. 2, pp. 136–144, Mar. 2006, doi: 10.1016/S1474-4422(06)70329-0.",
        "[2] T. S. Kuhn, The structure of scientific revolutions, 2nd ed. Chicago: University of Chicago Press, 1970.",
        "[3] B. Both, “On sleep,” in A book of dreams, D. Green and E. Black, Eds., London: Routledge, 2012, pp. 1–20.",
    ],
    "nature": [
        "1",
        "1. van der Berg, J. P., Müller, J. & Åström, K. J. Intravenous immunoglobulin: a new era? Lancet Neurol 5, 136–144 (2006).",
        "2. Kuhn, T. S. The Structure of Scientific Revolutions. (University of Chicago Press, Chicago, 1970).",
        "3. Both, B. On sleep. in A book of dreams (eds Green, D. & Black, E.) 1–20 (Routledge, London, 2012).",
    ],
    "american-medical-association": [
        "1(p140)",
        "1. van der Berg JP, Müller J, Åström KJ. Intravenous immunoglobulin: a new era? Lancet Neurol. 2006;5(2):136-144. doi:10.1016/S1474-4422(06)70329-0",
        "2. Kuhn TS. The Structure of Scientific Revolutions. 2nd ed. University of Chicago Press; 1970.",
        "3. Both B. On sleep. In: Green D, Black E, eds. A Book of Dreams. Routledge; 2012:1-20.",
    ],
    "modern-language-association": [
        "(van der Berg et al. 140)",
        "Both, Bea. “On Sleep.” A Book of Dreams, edited by Dora Green and Ed Black, Routledge, 2012, pp. 1–20.",
        "Kuhn, Thomas S. The Structure of Scientific Revolutions. 2nd ed., University of Chicago Press, 1970.",
        "van der Berg, Jan Pieter, et al. “Intravenous Immunoglobulin: A New Era?” The Lancet Neurology, vol. 5, no. 2, Mar. 2006, pp. 136–44, https://doi.org/10.1016/S1474-4422(06)70329-0.",
    ],
    "harvard-cite-them-right": [
        "(van der Berg, Müller and Åström, 2006, p. 140)",
        "van der Berg, J.P., Müller, J. and Åström, K.J. (2006) “Intravenous immunoglobulin: a new era?,” The Lancet Neurology, 5(2), pp. 136–144. Available at: https://doi.org/10.1016/S1474-4422(06)70329-0.",
        "Both, B. (2012) “On sleep,” in D. Green and E. Black (eds.) A book of dreams. London: Routledge, pp. 1–20.",
        "Kuhn, T.S. (1970) The structure of scientific revolutions. 2nd ed. Chicago: University of Chicago Press.",
    ],
    "din-1505-2": [
        "(van der Berg u.\xa0a., 2006, S. 140)",
        "van der Berg, Jan Pieter ; Müller, Jörg ; Åström, Karl J.: Intravenous immunoglobulin: a new era? In: The Lancet Neurology Bd. 5 (2006), Nr.\xa02, S.\xa0136–144",
        "Both, Bea: On sleep. In: Green, D. ; Black, E. (Hrsg.): A book of dreams. London\xa0: Routledge, 2012, S.\xa01–20",
        "Kuhn, Thomas S.: The structure of scientific revolutions. 2. Aufl. Chicago\xa0: University of Chicago Press, 1970",
    ],
    "chicago-author-date-fr": [
        "(van der\xa0Berg, Müller, et Åström 2006, 140)",
        "Berg, Jan Pieter van der, Jörg Müller, et Karl J. Åström. 2006. «\xa0Intravenous immunoglobulin: a new era?\xa0» The Lancet Neurology 5 (2)\xa0: 136‑44. https://doi.org/10.1016/S1474-4422(06)70329-0.",
        "Both, Bea. 2012. «\xa0On sleep\xa0». Dans A book of dreams. Sous la direction de Dora Green et Ed Black, 1‑20. London\xa0: Routledge.",
        "Kuhn, Thomas S. 1970. The structure of scientific revolutions. 2e éd. Chicago\xa0: University of Chicago Press.",
    ],
    "china-national-standard-gb-t-7714-2015-numeric": [
        "[1]",
        "[1] VAN DER BERG J P, MÜLLER J, ÅSTRÖM K J. Intravenous immunoglobulin: a new era?[J/OL]. The Lancet Neurology, 2006, 5(2): 136-144. DOI:10.1016/S1474-4422(06)70329-0.",
        "[2] KUHN T S. The structure of scientific revolutions[M]. 2 版. Chicago: University of Chicago Press, 1970.",
        "[3] BOTH B. On sleep[M]//GREEN D, BLACK E. A book of dreams. London: Routledge, 2012: 1-20.",
    ],
    "springer-basic-author-date": [
        "(van der Berg et al. 2006, p. 140)",
        "Both B (2012) On sleep. In: Green D, Black E (eds) A book of dreams. Routledge, London, pp 1–20",
        "Kuhn TS (1970) The structure of scientific revolutions, 2nd edn. University of Chicago Press, Chicago",
        "van der Berg JP, Müller J, Åström KJ (2006) Intravenous immunoglobulin: a new era? Lancet Neurol 5:136–144. https://doi.org/10.1016/S1474-4422(06)70329-0",
    ],
}


@pytest.mark.parametrize("name", _TEXTS)
def test_style(name: str) -> None:
    style = load_style(locate.style_text(name), parent=locate.parent_text)
    made = Processor(style, locale_text=locate.locale_text, format="text", links=False)
    rendered = made.process(_ITEMS, [[{"id": "article", "locator": "140", "label": "page"}]])
    texts = [rendered.citations[0], *(entry.text.strip() for entry in rendered.bibliography.entries)]
    assert texts == _TEXTS[name]
    assert rendered.warnings == ()
