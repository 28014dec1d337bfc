from __future__ import annotations

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppreflist.net.guard import host_refusal, literal, refusal

PRIVATE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",  # carrier-grade NAT
    "198.18.0.1",  # benchmarks
    "192.0.2.1",  # documentation
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
]
DISGUISED = [
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",  # IPv4-compatible
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:c0a8:0101::1",
    "64:ff9b::7f00:1",  # NAT64
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo, to 127.0.0.1
]
METADATA = [
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", [*PRIVATE, *DISGUISED, *METADATA])
def test_what_is_not_public_is_refused(address: str) -> None:
    assert refusal(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert refusal(ip_address(address)) == ""


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fd12:3456::1", "::ffff:10.0.0.1"])
def test_private_ones_may_be_allowed(address: str) -> None:
    assert refusal(ip_address(address), allow_private=True) == ""


@pytest.mark.parametrize("address", METADATA)
def test_metadata_services_never(address: str) -> None:
    assert "metadata" in refusal(ip_address(address), allow_private=True)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
    ],
)
def test_every_spelling_of_a_number_is_that_number(host: str) -> None:
    assert literal(host) == IPv4Address("127.0.0.1")
    assert host_refusal(host)


@pytest.mark.parametrize("host", ["example.org", "1and1.com", "0x.example", "dead.beef", "", "1.2.3.4.5", "999.1.1.1"])
def test_names_are_no_numbers(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST.", "a.localhost", "printer.local", "metadata.google.internal"]
)
def test_names_of_the_inside_are_refused(host: str) -> None:
    assert host_refusal(host)
    assert host_refusal(host, allow_private=True) == ""


@given(st.text(max_size=40))
def test_any_text_may_be_asked_about(host: str) -> None:
    assert isinstance(host_refusal(host), str)
