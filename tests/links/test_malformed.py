"""Forms in which addresses stand in real lists, and what each is read as: "" is no address, SAME is sound as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.servers.names import Names

from ppreflist.links.check import check, context_of
from ppreflist.links.collect import links_of
from ppreflist.links.engine import Budget
from ppreflist.links.finding import Finding
from ppreflist.links.hosts import KnownHosts
from ppreflist.links.investigate import Context, investigate, unasked
from ppreflist.links.link import Link, LinkKind
from ppreflist.links.page import visited
from ppreflist.links.syntax import examine
from ppreflist.links.verdict import Verdict
from ppreflist.model.entry import Entry, Field
from ppreflist.net.answer import Answer, Hop
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.settings import Settings

SAME = "="
FORMS = (
    ("http//x.org/a", "http://x.org/a"),
    ("http:/x.org/a", "http://x.org/a"),
    ("http:x.org/a", "http://x.org/a"),
    ("http:///x.org/a", "http://x.org/a"),
    ("http:////x.org/a", "http://x.org/a"),
    ("http;//x.org/a", "http://x.org/a"),
    ("http.//x.org/a", "http://x.org/a"),
    ("http,//x.org/a", "http://x.org/a"),
    ("http ://x.org/a", "http://x.org/a"),
    ("http: //x.org/a", "http://x.org/a"),
    ("http:// x.org/a", "http://x.org/a"),
    ("http : // x.org/a", "http://x.org/a"),
    ("htp://x.org/a", "http://x.org/a"),
    ("htpp://x.org/a", "http://x.org/a"),
    ("htttp://x.org/a", "http://x.org/a"),
    ("hhtp://x.org/a", "http://x.org/a"),
    ("ttp://x.org/a", "http://x.org/a"),
    ("tp://x.org/a", "http://x.org/a"),
    ("htt://x.org/a", "http://x.org/a"),
    ("hppt://x.org/a", "http://x.org/a"),
    ("jttp://x.org/a", "http://x.org/a"),
    ("htps://x.org/a", "https://x.org/a"),
    ("htpps://x.org/a", "https://x.org/a"),
    ("httpss://x.org/a", "https://x.org/a"),
    ("hhttps://x.org/a", "https://x.org/a"),
    ("ttps://x.org/a", "https://x.org/a"),
    ("httsp://x.org/a", "https://x.org/a"),
    ("https//x.org/a", "https://x.org/a"),
    ("https:/x.org/a", "https://x.org/a"),
    ("https:x.org/a", "https://x.org/a"),
    ("https;//x.org/a", "https://x.org/a"),
    ("https:\\\\x.org\\a", "https://x.org/a"),
    ("http:\\\\www.x.org\\a\\b", "http://www.x.org/a/b"),
    ("HTTP://X.ORG/a", SAME),
    ("Https://x.org/a", SAME),
    ("hTTpS://x.org/a", SAME),
    ("http://http://x.org/a", "http://x.org/a"),
    ("https://https://x.org/a", "https://x.org/a"),
    ("http://https://x.org/a", "https://x.org/a"),
    ("https://http://x.org/a", "http://x.org/a"),
    ("http:http://x.org/a", "http://x.org/a"),
    ("http://http//x.org/a", "http://x.org/a"),
    ("http://www.http://x.org/a", "http://x.org/a"),
    ("//x.org/a", "https://x.org/a"),
    ("///x.org/a", "https://x.org/a"),
    ("://x.org/a", "https://x.org/a"),
    ("/x.org/a", ""),
    ("www.x.org", "https://www.x.org"),
    ("www.x.org/a", "https://www.x.org/a"),
    ("WWW.X.ORG/a", "https://WWW.X.ORG/a"),
    ("www x.org/a", "https://www.x.org/a"),
    ("www,x.org/a", "https://www.x.org/a"),
    ("www..x.org/a", "https://www.x.org/a"),
    ("www.x,org/a", "https://www.x.org/a"),
    ("www.x..org/a", "https://www.x.org/a"),
    ("www.x.org./a", "https://www.x.org/a"),
    ("www.x.org.", "https://www.x.org"),
    (".www.x.org/a", "https://www.x.org/a"),
    ("x.org", "https://x.org"),
    ("x.org/a", "https://x.org/a"),
    ("x.org:8080/a", "https://x.org:8080/a"),
    ("x.co.uk/a", "https://x.co.uk/a"),
    ("http://x.org.", "http://x.org"),
    ("http://x.org./a", "http://x.org/a"),
    ("http://x,org/a", "http://x.org/a"),
    ("http://x..org/a", "http://x.org/a"),
    ("http://.x.org/a", "http://x.org/a"),
    ("http://x.org,/a", "http://x.org/a"),
    ("http://www.x.org;/a", "http://www.x.org/a"),
    ("https://x.org/a.", "https://x.org/a"),
    ("https://x.org/a,", "https://x.org/a"),
    ("https://x.org/a;", "https://x.org/a"),
    ("https://x.org/a:", "https://x.org/a"),
    ("https://x.org/a!", "https://x.org/a"),
    ("https://x.org/a)", "https://x.org/a"),
    ("https://x.org/a).", "https://x.org/a"),
    ("https://x.org/a]", "https://x.org/a"),
    ("https://x.org/a>", "https://x.org/a"),
    ('https://x.org/a"', "https://x.org/a"),
    ("https://x.org/a'", "https://x.org/a"),
    ("https://x.org/a\u2026", "https://x.org/a"),
    ("https://x.org/a\u201d", "https://x.org/a"),
    ("(https://x.org/a)", "https://x.org/a"),
    ("[https://x.org/a]", "https://x.org/a"),
    ("<https://x.org/a>", "https://x.org/a"),
    ("<URL:https://x.org/a>", "https://x.org/a"),
    ("<https://x.org/a", "https://x.org/a"),
    ("https://x.org/a>.", "https://x.org/a"),
    ('"https://x.org/a"', "https://x.org/a"),
    ("'https://x.org/a'", "https://x.org/a"),
    ("\u201chttps://x.org/a\u201d", "https://x.org/a"),
    ("«https://x.org/a»", "https://x.org/a"),
    ("`https://x.org/a`", "https://x.org/a"),
    ("{https://x.org/a}", "https://x.org/a"),
    ("{{https://x.org/a}}", "https://x.org/a"),
    ("https://x.org/{a}", "https://x.org/a"),
    ("https://x.org/a}", "https://x.org/a"),
    ("{https://x.org/a", "https://x.org/a"),
    ("https://x.org/a},", "https://x.org/a"),
    ("URL: https://x.org/a", "https://x.org/a"),
    ("url=https://x.org/a", "https://x.org/a"),
    ("URL https://x.org/a", "https://x.org/a"),
    ("Available at: https://x.org/a", "https://x.org/a"),
    ("Available from https://x.org/a", "https://x.org/a"),
    ("Retrieved from: https://x.org/a", "https://x.org/a"),
    ("see https://x.org/a", "https://x.org/a"),
    ("Online: www.x.org/a", "https://www.x.org/a"),
    ("- https://x.org/a", "https://x.org/a"),
    (": https://x.org/a", "https://x.org/a"),
    ("https://x.org/a (accessed 3 May 2012)", "https://x.org/a"),
    ("https://x.org/a accessed 2012-05-03", "https://x.org/a"),
    ("https://x.org/a, last visited May 2012", "https://x.org/a"),
    ("https://x.org/a [Accessed May 2012]", "https://x.org/a"),
    ("https://x.org/a. Accessed May 2012", "https://x.org/a"),
    ("https://x.org/a (abgerufen am 3.5.2012)", "https://x.org/a"),
    ("https://x.org/a and elsewhere", "https://x.org/a"),
    ("https://x.org/a https://y.org/b", "https://x.org/a"),
    ("https://x.org/a, https://y.org/b", "https://x.org/a"),
    ("https://x.org/a; https://y.org/b", "https://x.org/a"),
    ("https://x.org/a and https://y.org/b", "https://x.org/a"),
    ("https://x.org/a b", "https://x.org/a%20b"),
    ("https://x.org/a b c.pdf", "https://x.org/a%20b%20c.pdf"),
    ("https://x.org/a. Full.html", "https://x.org/a.full.html"),
    ("https://x.org/ a", "https://x.org/a"),
    ("https:// x.org/ a / b", "https://x.org/a/b"),
    ("https://x.org/a/ b", "https://x.org/a/b"),
    ("https://x.org/a -b", "https://x.org/a-b"),
    ("https://x.org/a- b", "https://x.org/a-b"),
    ("https://x.org/a_ b", "https://x.org/a_b"),
    ("https://x.org/a?b= c", "https://x.org/a?b=c"),
    ("https://x .org/a", "https://x.org/a"),
    ("https://x. org/a", "https://x.org/a"),
    ("https://x.org/a&amp;b", "https://x.org/a&b"),
    ("https://x.org/a?b=1&amp;c=2", "https://x.org/a?b=1&c=2"),
    ("https://x.org/a&#38;b", "https://x.org/a&b"),
    ("https://x.org/a\\_b", "https://x.org/a_b"),
    ("https://x.org/a{\\_}b", "https://x.org/a_b"),
    ("https://x.org/a\\&b", "https://x.org/a&b"),
    ("https://x.org/a\\%20b", "https://x.org/a%20b"),
    ("https://x.org/\\~me", "https://x.org/~me"),
    ("https://x.org/\\~{}me", "https://x.org/~me"),
    ("https://x.org/{\\textasciitilde}me", "https://x.org/~me"),
    ("https://x.org/$\\sim$me", "https://x.org/~me"),
    ("https://x.org/a\\#b", "https://x.org/a#b"),
    ("https://x.org/a|b", "https://x.org/a%7Cb"),
    ("https://x.org/a^b", "https://x.org/a%5Eb"),
    ('https://x.org/a"b', "https://x.org/a%22b"),
    ("https://x.org/a<b", "https://x.org/a%3Cb"),
    ("https://x.org/a`b", "https://x.org/a%60b"),
    ("https://x.org/a%zz", SAME),
    ("https://x.org/%", SAME),
    ("https://me@x.org/a", "https://x.org/a"),
    ("https://me:secret@x.org/a", "https://x.org/a"),
    ("https://me:se/cret@x.org/a", ""),
    ("https://@x.org/a", "https://x.org/a"),
    ("https://x.org:/a", "https://x.org/a"),
    ("https://x.org:80a/", ""),
    ("https://x.org:99999/a", ""),
    ("https://x.org:-1/a", ""),
    ("https://x.org:\uff18\uff10/a", ""),
    ("https://", ""),
    ("http://", ""),
    ("https:///", ""),
    ("https://?", ""),
    ("https://#a", ""),
    ("https://.", ""),
    ("https://..", ""),
    ("https://-x.org/a", ""),
    ("https://x-.org/a", ""),
    ("https://x_y.org/a", SAME),
    ("https://[::1]/a", SAME),
    ("https://[::1/a", ""),
    ("https://[x.org]/a", ""),
    ("https://[]/a", ""),
    ("https://1.2.3/a", SAME),
    ("https://1.2.3.4.5/a", SAME),
    ("https://256.256.256.256/a", SAME),
    ("https://0x7f.1/a", SAME),
    ("https://2130706433/a", SAME),
    ("https://%31%32.org/a", ""),
    ("https://x%2eorg/a", ""),
    ("https://x.org%00/a", ""),
    ("https://x.org\\a", "https://x.org/a"),
    ("https://x.org/a\\b", "https://x.org/a/b"),
    ("https://\uff58.org/a", SAME),
    ("https://x\u3002org/a", "https://x.org/a"),
    ("https://bücher.example/a", SAME),
    ("https://xn--bcher-kva.example/a", SAME),
    ("https://xn--/a", ""),
    ("https://x.org/ä", SAME),
    ("https://x.org/\u200ba", "https://x.org/a"),
    ("https://x.org/a\u00adb", "https://x.org/ab"),
    ("\ufeffhttps://x.org/a", "https://x.org/a"),
    ("https://x.org/a\u202eb", "https://x.org/ab"),
    ("https://x.org/a/../b", SAME),
    ("https://x.org/a?b#c#d", SAME),
    ("https://x.org#a", SAME),
    ("https://x.org?a", SAME),
    ("file:///etc/passwd", SAME),
    ("ftp://x.org/a", SAME),
    ("mailto:me@x.org", SAME),
    ("me@x.org", ""),
    ("javascript:alert(1)", SAME),
    ("data:text/html,x", SAME),
    ("urn:isbn:9780306406157", SAME),
    ("tel:+123", SAME),
    ("about:blank", SAME),
    ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    ("DOI: 10.1000/182", "https://doi.org/10.1000/182"),
    ("10.1000/182", "https://doi.org/10.1000/182"),
    ("doi.org/10.1000/182", "https://doi.org/10.1000/182"),
    ("dx.doi.org/10.1000/182", "https://dx.doi.org/10.1000/182"),
    ("arXiv:2101.00001", "https://arxiv.org/abs/2101.00001"),
    ("PMC1234567", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/"),
    ("none", ""),
    ("n/a", ""),
    ("-", ""),
    ("?", ""),
    (".", ""),
    ("none available", ""),
    ("see text", ""),
    ("paper.pdf", ""),
    ("draft.md", ""),
    ("C:\\Users\\me\\paper.pdf", ""),
    ("\\\\server\\share\\paper.pdf", ""),
    ("/home/me/paper.pdf", ""),
    ("../paper.pdf", ""),
    ("a.b", ""),
    ("localhost", ""),
    ("localhost:8080/a", ""),
    ("http://localhost/a", SAME),
    ("http://intranet/a", SAME),
    ("https://x.org/a}, note = {b", "https://x.org/a"),
    ('https://x.org/a", year = "2012', "https://x.org/a"),
    ("\\url{https://x.org/a}", "https://x.org/a"),
    ("\\href{https://x.org/a}{b}", "https://x.org/a"),
)
KNOWN = KnownHosts()


def link(written: str, kind: LinkKind = LinkKind.URL) -> Link:
    return Link("key", "url", 1, kind, written, 0, len(written))


@pytest.mark.parametrize(("written", "read"), FORMS)
def test_what_a_form_is_read_as(written: str, read: str) -> None:
    reading = examine(written)
    if read == SAME:
        assert (reading.url, reading.defects) == (written, ())
    elif reading.defects:
        assert (reading.candidates or ("",))[0] == read
    else:
        assert reading.url == read


def test_the_table_is_long_enough() -> None:
    assert len(dict(FORMS)) == len(FORMS) > 150


def test_every_form_gets_a_verdict_when_asked() -> None:
    """The whole run, in a world without names: nothing but a verdict for each, and nothing asked of this machine."""
    written = [form for form, _ in FORMS if form != "https://1.2.3/a"]  # which is 1.2.0.3, an address of somebody
    links = [each for form in written for each in links_of([Entry("k", "misc", {"url": Field("url", form, form, 1)})])]
    client = Client(Settings(connect=0.2), lookup=Names(), witnesses=())
    client.network.heard()
    found = check(links, context_of(links), client, budget=Budget(gap=0.0)).findings
    assert len(found) == len(links) >= len(written) - 2
    assert not [each for each in found if "a mistake in ppreflist" in each.message]
    assert {each.verdict for each in found} <= {
        Verdict.MALFORMED, Verdict.UNREACHABLE, Verdict.BLOCKED, Verdict.TEMPORARY, Verdict.TYPO,
    }  # fmt: skip


ODD = st.one_of(
    st.text(max_size=60),
    st.text("htps:/w.x,;org?#&=%@[]{}\\<>\"' 10O-_~|\u200b\u2013\n", max_size=60),
    st.builds(lambda form, more: form[0] + more, st.sampled_from(FORMS), st.text(max_size=8)),
    st.builds(lambda more, form: more + form[0], st.text(max_size=8), st.sampled_from(FORMS)),
)
BODIES = (b"", b"x", b"<title>Page not found</title>", b"<title>A</title><meta http-equiv=refresh content='0;url=/b'>")


@given(ODD)
def test_any_text_gets_a_verdict_unasked(written: str) -> None:
    for kind in LinkKind:
        finding = unasked(link(written, kind), Context(KNOWN))
        assert isinstance(finding, Finding)
        assert finding.message


@given(
    ODD,
    st.sampled_from(LinkKind),
    st.lists(
        st.one_of(
            st.sampled_from(FailureKind),
            st.tuples(st.sampled_from((200, 202, 301, 302, 403, 404, 410, 429, 503, 999)), st.sampled_from(BODIES)),
        ),
        max_size=12,
    ),
)
def test_any_text_gets_a_verdict_whatever_is_answered(written: str, kind: LinkKind, told: list[object]) -> None:
    investigation = investigate(link(written, kind), Context(KNOWN))
    answers = iter(told)
    asked = 0
    try:
        question = next(investigation)
        while True:
            asked += 1
            assert asked < 60, "it asks for ever"
            match next(answers, FailureKind.NAME_NOT_FOUND):
                case (int(status), bytes(body)):
                    hops = (Hop(question.url, 301, question.url + "x"),) if asked % 3 == 0 else ()
                    answer = Answer(status, question.url, {"content-type": "text/html"}, body, redirects=hops)
                    outcome: Answer | Failure = answer if question.record else visited(answer)
                case other:
                    assert isinstance(other, FailureKind)
                    outcome = Failure(other, "why", question.url)
            question = investigation.send(outcome)
    except StopIteration as end:
        finding = end.value
    assert isinstance(finding, Finding)
    assert finding.message
