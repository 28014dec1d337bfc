"""Check digits of ISBN (ISO 2108; ISBN Users' Manual, 'Check digit') and ISSN (ISO 3297; ISSN Manual, 1.2)."""

from __future__ import annotations


def isbn10_check(digits: str) -> str:
    """The check digit of the first nine digits of an ISBN-10: weights 10 to 2, modulus 11, ten is X."""
    return _mod11(digits[:9], 10)


def isbn13_of(digits: str) -> str:
    """The twelve digits with their check digit: weights 1 and 3 in turn, modulus 10."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12]))
    return digits[:12] + str(-total % 10)


def issn_check(digits: str) -> str:
    """The check digit of the first seven digits of an ISSN: weights 8 to 2, modulus 11, ten is X."""
    return _mod11(digits[:7], 8)


def _mod11(digits: str, weight: int) -> str:
    remainder = -sum(int(digit) * (weight - place) for place, digit in enumerate(digits)) % 11
    return "X" if remainder == 10 else str(remainder)
