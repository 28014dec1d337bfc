"""Whether the machine has a network: the sandbox of a test run may or may not have one, so names are the test's own."""

from __future__ import annotations

import socket

import pytest
from tests.servers.names import Names
from tests.servers.web import WebServer, fine

from ppreflist.errors import Offline, ServiceDown
from ppreflist.net.client import Client
from ppreflist.net.failure import Failure, FailureKind
from ppreflist.net.network import Network
from ppreflist.net.settings import Settings

WITNESSES = (("witness-one.example", 443), ("witness-two.example", 443))


@pytest.mark.parametrize("error", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_machine_without_a_network_is_offline_whatever_its_resolver_says(error: int) -> None:
    names = Names()
    names.everything = error
    client = Client(Settings(connect=0.2), lookup=names, sleep=lambda seconds: None, witnesses=WITNESSES)
    with pytest.raises(Offline):
        client.get("https://x.org/")
    assert {"x.org", "witness-one.example", "witness-two.example"} <= set(names.asked)


def test_one_witness_is_enough_to_be_online(web: WebServer) -> None:
    names = Names(**{"witness-two.example": "127.0.0.1"})
    witnesses = (("witness-one.example", 443), ("witness-two.example", web.port))
    client = Client(Settings(connect=1.0), lookup=names, sleep=lambda seconds: None, witnesses=witnesses)
    with pytest.raises(ServiceDown) as caught:
        client.get("https://x.org/")
    assert not isinstance(caught.value, Offline)
    assert "no such host" in caught.value.message


def test_names_that_resolve_are_not_enough() -> None:
    """A resolver that answers everything, as in captive networks, does not make a network."""
    names = Names()
    names.everything = "127.0.0.1"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    network = Network(names, (("witness-one.example", port),), timeout=0.5)
    assert not network.is_up()
    assert network.is_known_down()


def test_the_witnesses_are_asked_once_for_many_failures() -> None:
    names = Names()
    client = Client(Settings(connect=0.2), lookup=names, witnesses=WITNESSES)
    for _ in range(20):
        assert client.is_offline(Failure(FailureKind.NAME_NOT_FOUND, "why", "https://x.org/"))
    assert names.asked["witness-one.example"] == 1


def test_a_resolver_that_never_answers_costs_the_time_out() -> None:
    network = Network(Names(**{"witness-one.example": None}), (("witness-one.example", 443),), timeout=0.05)
    assert not network.is_up()


def test_what_was_heard_counts_without_witnesses() -> None:
    network = Network(Names(), WITNESSES, timeout=0.2)
    assert not network.is_up()
    network.heard()
    assert network.is_up()
    assert not network.is_known_down()


def test_an_answer_from_this_machine_proves_nothing_about_the_internet(web: WebServer) -> None:
    names = Names(**{"inside.example": "127.0.0.1"})
    client = Client(Settings(connect=0.2, allow_private=True), lookup=names, witnesses=WITNESSES)
    web.page("/", fine)
    assert client.get(web.at("inside.example")).status == 200
    assert client.is_offline(Failure(FailureKind.NAME_NOT_FOUND, "why", "https://x.org/"))


def test_a_refusal_by_this_machine_is_never_offline() -> None:
    client = Client(Settings(allow_private=True), lookup=Names(), witnesses=())
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with client.channel() as channel:
        failure = channel.ask(f"http://127.0.0.1:{port}/")
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.REFUSED
    assert not client.is_offline(failure)


def test_only_failures_that_an_absent_network_explains_are_offline() -> None:
    client = Client(Settings(connect=0.2), lookup=Names(), witnesses=())
    for kind in (FailureKind.TLS, FailureKind.READ_TIMEOUT, FailureKind.BLOCKED, FailureKind.CLOSED):
        assert not client.is_offline(Failure(kind, "why", "https://x.org/"))
