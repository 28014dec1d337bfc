"""Which addresses may be asked at all.

A bibliography may come from a stranger, and a server may redirect anywhere: neither may make this machine ask its own
services, its neighbours, or a cloud's metadata service. The guard looks at the *addresses* a name resolved to, at the
moment of connecting (``net/transport.py``), so that a name that resolves differently the second time gains nothing.

Sources: the IANA special-purpose address registries (through :mod:`ipaddress`), RFC 6052 and RFC 8215 (NAT64),
RFC 3056 (6to4), RFC 4380 (Teredo), and the clouds' documentation of their metadata services.
"""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = IPv6Network("::/96")
_NUMERIC_HOST = re.compile(r"(?:0[xX][0-9a-fA-F]{0,16}|\d{1,16})(?:\.(?:0[xX][0-9a-fA-F]{0,16}|\d{1,16})){0,3}\.?")
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")

_METADATA = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Azure, Google Cloud, DigitalOcean, OpenStack, Oracle
        "169.254.170.2",  # AWS ECS task credentials
        "169.254.170.23",  # AWS EKS pod identity
        "168.63.129.16",  # Azure's wire server: a public address, but only answered inside
        "100.100.100.200",  # Alibaba Cloud
        "192.0.0.192",  # Oracle Cloud, classic
        "fd00:ec2::254",  # AWS over IPv6
        "fd20:ce::254",  # Google Cloud over IPv6
    )
)


def refusal(address: Address, *, allow_private: bool = False) -> str:
    """Why this address must not be asked, as the end of a sentence; empty when it may be.

    ``allow_private`` permits loopback and private networks, but never a metadata service: that is nobody's reference.
    """
    embedded = _embedded(address)
    # On a network with NAT64 every IPv4 host looks like this: what counts is the host behind the translator.
    judged = embedded if address in _NAT64[0] else (address, *embedded)
    for each in judged:
        if each in _METADATA:
            return f"{each} is a cloud's metadata service"
        if allow_private:
            continue
        if each.is_loopback:
            return f"{each} is this machine itself"
        if each.is_link_local:
            return f"{each} is a link-local address"
        if each.is_multicast or each.is_unspecified or each.is_reserved or not each.is_global:
            return f"{each} is not a public address"
    return ""


def host_refusal(host: str, *, allow_private: bool = False) -> str:
    """The same for a host as a URL names it: what can be said before (or, behind a proxy, without) resolving it."""
    address = literal(host)
    if address is not None:
        return refusal(address, allow_private=allow_private)
    name = host.rstrip(".").lower()
    if not allow_private and any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES):
        return f"{name} is a name inside this machine or its network"
    return ""


@lru_cache(maxsize=4096)
def literal(host: str) -> Address | None:
    """The address that a host *is*, in every spelling that a resolver takes, or None for a name.

    ``127.1``, ``2130706433``, ``0x7f.0.0.1`` and ``0177.0.0.1`` are all 127.0.0.1 (inet_aton(3)).
    """
    text = host.strip("[]")
    if ":" in text:
        try:
            return ip_address(text.partition("%")[0])
        except ValueError:
            return None
    if not _NUMERIC_HOST.fullmatch(text):
        return None
    try:
        return IPv4Address(socket.inet_aton(text.rstrip(".")))
    except OSError:
        return None


def _embedded(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address carries, by every scheme that would deliver a packet to them."""
    if isinstance(address, IPv4Address):
        return ()
    found = [each for each in (address.ipv4_mapped, address.sixtofour) if each is not None]
    if address.teredo is not None:
        found.extend(address.teredo)
    if any(address in network for network in _NAT64) or (address in _IPV4_COMPATIBLE and int(address) > 1):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(found)
