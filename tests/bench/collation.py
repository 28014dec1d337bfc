"""How well ``ppreflist.csl.collation`` agrees with ICU, and what a key costs.

Needs PyICU (``pip install pyicu``; not a dependency of the project)::

    python tests/bench/collation.py [FILE...]

FILEs (UTF-8 text, one name or title a line) are added to the generated words. For each language: the share
of random pairs, and of neighbours in ICU's order, that both sort alike.
"""

from __future__ import annotations

import importlib
import random
import sys
import time
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

from ppreflist.csl.collation import collator

# No stubs, and no dependency of the project.
icu = importlib.import_module("icu")

ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyzéüñøßœ",
    "da": "abcdefghijklmnopqrstuvxyzæøåüöäé",
    "nb": "abcdefghijklmnopqrstuvxyzæøåüöäé",
    "sv": "abcdefghijklmnopqrstuvwxyzåäöüéæø",
    "fi": "abcdefghijklmnopqrstuvwxyzåäöüéšž",
    "is": "aábdðeéfghiíjklmnoóprstuúvxyýþæö",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "lv": "aābcčdeēfgģhiījkķlļmnņoprsštuūvzžy",
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "cs": "aábcčdďeéěfghiíjklmnňoóprřsštťuúůvxyýzž",
    "sk": "aáäbcčdďeéfghiíjklĺľmnňoóôprŕřsštťuúvxyýzž",
    "hu": "aábcdeéfghiíjklmnoóöőpqrstuúüűvwxyz",
    "hr": "abcčćdđefghijklmnoprsštuvzž",
    "sl": "abcčćdđefghijklmnoprsštuvzž",
    "ro": "aăâbcdeéfghiîjklmnopqrsștțuvwxyz",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyz",
    "es": "abcdefghijklmnñopqrstuvwxyzáéíóúü",
    "de": "abcdefghijklmnopqrstuvwxyzäöüß",
    "de-u-co-phonebk": "abcdefghijklmnopqrstuvwxyzäöüß",
    "fr": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ",
    "fr-CA": "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûüœ",
    "vi": "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậ",
    "cy": "abcdefghijlmnoprstuwyâêîôûŵŷ",
    "sq": "abcçdeëfghijklmnopqrstuvxyz",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ca": "abcdefghijklmnopqrstuvxyzàèéíïòóúüç·",
    "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊabcxyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяabcxyz",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяabcxyz",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяabcxyz",
    "he": "אבגדהוזחטיכלמנסעפצקרשתabc",
    "ja": "".join(bytes([a, b]).decode("euc_jp") for a in range(0xB0, 0xCF) for b in range(0xA1, 0xFE, 7))
    + "あいうえおかがきぎくぐアイウカガabc",
    "zh-CN": "".join(bytes([a, b]).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFE, 5)) + "abc",
    "zh-TW": "".join(bytes([a, b]).decode("big5") for a in range(0xA4, 0xC6) for b in range(0xA1, 0xFE, 7)) + "abc",
    "ko": "가각간나다라마바사아자차카타파하힣김이박최abc金李朴",
}
PUNCTUATION = " -'’.,:–—“”()/&0123456789"


def words(alphabet: str, rng: random.Random, count: int) -> list[str]:
    made = []
    for _ in range(count):
        letters = "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 7)))
        form = rng.random()
        word = letters.capitalize() if form < 0.5 else letters.upper() if form < 0.6 else letters
        if rng.random() < 0.3:
            word += rng.choice(PUNCTUATION) + "".join(rng.choice(alphabet) for _ in range(rng.randint(0, 3)))
        if rng.random() < 0.15:
            word = unicodedata.normalize("NFD", word)
        made.append(word)
        # A near twin, so that accents and case decide.
        if rng.random() < 0.5:
            made.append("".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)))
            made.append(word.swapcase() if len(word.swapcase()) == len(word) else word)
    return made


def sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def main() -> None:
    extra = [line for name in sys.argv[1:] for line in Path(name).read_text("utf-8").splitlines() if line.strip()]
    rng = random.Random(8)
    print("| language | words | random pairs alike | neighbours alike | us/key | us/key ICU |")
    print("|---|---:|---:|---:|---:|---:|")
    for lang, alphabet in ALPHABETS.items():
        ours = collator(lang)
        theirs = icu.Collator.createInstance(icu.Locale.forLanguageTag(lang))
        every = list(dict.fromkeys([*words(alphabet, rng, 3000), *extra]))
        start = time.process_time()
        ours_of = {word: ours(word) for word in every}
        cost = (time.process_time() - start) / len(every) * 1e6
        start = time.process_time()
        theirs_of = {word: theirs.getSortKey(word) for word in every}
        icu_cost = (time.process_time() - start) / len(every) * 1e6
        wrong = []
        total = 20000
        for _ in range(total):
            left, right = rng.choice(every), rng.choice(every)
            if sign(ours_of[left], ours_of[right]) != sign(theirs_of[left], theirs_of[right]):
                wrong.append((left, right))
        ordered = sorted(every, key=theirs_of.__getitem__)
        near = [
            (left, right)
            for left, right in pairwise(ordered)
            if sign(ours_of[left], ours_of[right]) != sign(theirs_of[left], theirs_of[right])
        ]
        print(
            f"| {lang} | {len(every)} | {1 - len(wrong) / total:.3%} | {1 - len(near) / len(every):.3%} "
            f"| {cost:.1f} | {icu_cost:.1f} |  {[*wrong[:2], *near[:4]] if '-v' in sys.argv or near else ''}"
        )


if __name__ == "__main__":
    main()
