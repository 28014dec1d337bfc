"""Sorting text as people expect it in a language: Unicode collation for bibliographies.

The order is the root order of CLDR (https://unicode.org/reports/tr35/tr35-collation.html) with the tailorings
of CLDR 42 for the languages below, at the strength "tertiary", as ICU does by default: white space,
punctuation, symbols, digits, letters; accents count after letters, and case after accents (``cote < côte <
coté``, ``a < A``). Spaces and punctuation are not ignored. Digits are not read as numbers.

Equal to ICU (measured with ``tests/bench/collation.py`` on names and titles): Latin, Greek and Cyrillic
letters with their accents, the punctuation and symbols of those scripts, and the tailorings in ``_RULES``.

Where this stops: other scripts are ordered by code point, which is the alphabet for Armenian, Georgian,
Hebrew, Arabic and Hangul but not quite for the scripts of India and South East Asia (no reordering of Thai
and Lao vowels). Chinese characters: in a Chinese bibliography by pinyin (``zh-TW``: by strokes), in a
Japanese one by reading, as far as GB 2312, Big5 and JIS X 0208 are ordered so (their first levels: the 3,755,
5,401 and 2,965 most common), the others after them by code point; in a Korean one after all Hangul.
Contractions of Arabic and Persian, and hundreds of letters that only phoneticians use, are not in the tables.

A key is one ``str``: primary weights, NUL, accents, NUL, case. Keys of one language compare with ``<`` at the
speed of strings. A key costs 0.5 to 1 microsecond for an ASCII name and 2 to 4 for others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

# --------------------------------------------------------------------------------------- weights

# White space, punctuation, symbols, currency in root order. ASCII characters get a weight of one
# character below "0"; the others follow the ASCII character before them, like tailored letters (below).
_PUNCTUATION: Final = (
    " _-‐‒–—―⁓〜〰,、;⁏:!¡?¿‽.。·⁕⁖⁘⁙⁚⁛⁜⁝⁞'‘’‚‛‹›\"“”„‟〝〞〟«»()[]{}⁅⁆〈〉《》「」『』【】〔〕〖〗〘〙〚〛‖"
    "§¶⁋@*⁎⁑/\\&⁊#%‰‱†‡•‣‧⁃⁌⁍′‵〃〽‸※‿⁔⁀⁐⁁⁂`^˂˃˄˅˒˓˔˕˖˗˞˟˥˦˧˨˩˪˫˭˯˰˱˲˳˴˵˶˷˸˹˺˻˼˽˾˿"
    "°©®←→↔⇒∂∆∑+±÷×<=>¬|¦~−⁒⁄√∞∫≈≤≥★☆♭♯〄〒〓〠〷〾〿"
    "¤¢$£¥₠₡₢₣₤₥₦₧₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿"
)
# Letters that are no accented form of another; each comes after the ASCII letter before it.
_LATIN: Final = (
    "aᴀᴁɐɑɒbʙƀɓƃcᴄȼƈɕdᴅɖɗƌȡẟeᴇɇǝəɛɘɚɜɝɞʚɤfƒgɡɢǥɠʛɣƣhʜƕɦɧʻʽiıɪɨɩjȷᴊɉʝɟʄkᴋƙʞlʟᴌƚɫɬɭȴɮƛʎmᴍɱnɴᴎɲƞɳȵŋ"
    "oᴏɶᴔɔᴐɵɷȣᴕpᴘƥɸqʠɋĸrʀᴙɍɹᴚɺɻɼɽɾɿʁsʂȿẜẝʃƪʅʆtᴛŧƫƭʈȶʇuᴜᴝʉɥʮʯɯᴟɰʊvᴠʋỽʌwᴡʍxyʏɏƴỿȝzᴢƶȥʐʑɀʒƹƺʓþƿƻƨƽƅʔɂʼʾʕʿ"
)
_GREEK: Final = "αβγδεϝͷϛζͱηθιϳκϗλμνξοπϻϟϙρϼσͼͻͽτυφχψωϡͳϸ"
_CYRILLIC: Final = (
    "аәӕбвгғӻҕӷдԁђѓԃҙеєжԫҗзԅԑѕӡԇиҋійјкқӄҡҟҝԟԛлӆԯԓԡљԉԕмӎнԩӊңӈԣҥњԋоөпԥҧҁрҏԗсԍҫтԏҭћќуўүұѹ"
    "фхӽӿҳһԧѡѿѽѻцҵчԭҷӌҹҽҿџшщъыьҍѣэюяԙѥѧѫѩѭѯѱѳѵҩԝӏ"
)
# Letters that are an ASCII letter (or two) with a mark that Unicode does not decompose.
_SAME_LETTER: Final = {
    "æ": ("ae", ""), "œ": ("oe", ""), "ß": ("ss", ""), "ð": ("d", ""), "ſ": ("s", ""), "ᵹ": ("g", ""),
    "ø": ("o", "\u0338"), "đ": ("d", "\u0335"), "ħ": ("h", "\u0335"), "ł": ("l", "\u0335"),
    "ґ": ("г", ""),
}  # fmt: skip
# Combining marks in root order; those in one group are alike.
_MARKS: Final = (
    "\u0332 \u0313\u0486 \u0314\u0485 \u0301 \u0300 \u0306 \u0302 \u030c \u030a \u0342 \u0308 \u030b \u0303 "
    "\u0307 \u0338 \u0327 \u0328 \u0304 \u030d\u030e\u0312\u0315\u031a\u033d\u033e\u033f\u0346\u034a\u034b"
    "\u034c\u0350\u0351\u0352\u0357\u035b\u035d\u035e\u0484\u0487 \u0316\u0317\u0318\u0319\u031c\u031d\u031e"
    "\u031f\u0320\u0329\u032a\u032b\u032c\u032f\u0333\u033a\u033b\u033c\u0347\u0348\u0349\u034d\u034e\u0353"
    "\u0354\u0355\u0356\u0359\u035a\u035c\u035f\u0362 \u0336\u0337 \u3099 \u309a \u0335 \u0305 \u0309 \u030f "
    "\u0310 \u0311 \u031b \u0321 \u0322 \u0323 \u0324 \u0325 \u0326 \u032d \u032e \u0330 \u0331 \u0334 \u0339 "
    "\u0345 \u0358 \u0360 \u0361 \u0483"
)

# A tailored letter sorts after every text that begins with the letter before it: the letter before it plus
# a private-use character, which is greater than what may follow that letter otherwise.
_TAILORED, _EXTRA, _TAILORED_LAST = 0xF000, 0xF100, 0xF700
_CONTRACTION = 0xF800
# The number of digits of a number.
_COUNT, _COUNTED = 0xE100, 0xDFF
_DIGITS: Final = re.compile("[0-9]+")
_OWN_SCRIPT = ":"  # between the digits and "a": the colon itself has a weight below the digits
_AFTER_LATIN = "{"
# Secondary: a letter without accent, a variant of it, then marks.
_PLAIN, _VARIANT, _LIGATURE, _FIRST_MARK = "\x02", 0x03, "\x1f", 0x20
# Tertiary.
_LOWER, _MIXED, _UPPER, _COMPATIBLE = "\x02", "\x03", "\x04", "\x05"

# ------------------------------------------------------------------------------------- languages

# Tailorings. "&c č" puts č directly after c; "&z] å ä" puts them after everything that begins with z; "/"
# adds a letter that differs in accent only ("ä/æ"), "&y= ü" makes ü such a letter of y. Two letters that
# count as one are written together ("ch"). Capitals follow by themselves.
_NORDIC: Final = "&d= đ ð &th= þ &y= ü ű "
_DANISH: Final = _NORDIC + "&z] æ/ä ø/ö/ő å/aa &oe= œ"
_NORWEGIAN: Final = _NORDIC + "&z] æ/ä/ę ø/ö/ő/œ å/aa"
_CROATIAN: Final = "&c č ć &d dž đ &l lj &n nj &s š &z ž"
_TURKISH: Final = "&c ç &g ğ &h] ı &o ö &s ş &u ü"
_RULES: Final = {
    "az": _TURKISH + " &k q &e ə &h x &z w",
    "bs": _CROATIAN,
    "ca": "&l= l·",
    "cs": "&c č &h ch &r ř &s š &z ž",
    "cy": "&c ch &d dd &f ff &g ng &l ll &p ph &r rh &t th",
    "da": _DANISH,
    "de-phonebook": "&ae= ä &oe= ö &ue= ü",
    "de-at-phonebook": "&a ä &o ö &u ü &ss ß",
    "eo": "&c ĉ &g ĝ &h ĥ &j ĵ &s ŝ &u ŭ",
    "es": "&n ñ",
    "es-traditional": "&n ñ &c ch &l ll",
    "et": "&s] š z ž &w] õ ä ö ü",
    "fi": "&d\u0335= đ &g\u0335= ǥ &n\u0335= ŋ &t\u0335= ŧ &y= ü &z\u0335= ʒ &z] å ä/æ ö/ø",
    "fo": _NORWEGIAN,
    "gl": "&n ñ",
    "hr": _CROATIAN,
    "hu": "&c cs &d dz dzs &g gy &l ly &n ny &s sz &t ty &z zs &o ö/ő &u ü/ű",
    "is": "&a] á &d đ/ð &e] é &i] í &o] ó &u] ú &y] ý &z] æ/ä ö/ø å",
    "lt": "&a= ą &c č &e= ę ė &i= į y &s š &u= ų ū &z ž",
    "lv": "&c] č &g] ģ &i= y &k] ķ &l] ļ &n] ņ &r] ŗ &s] š &z] ž",
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": "&a ą &c ć &e ę &l ł &n ń &o ó &s ś &z ź ż",
    "ro": "&a ă â &i î &s ş/ș &t ţ/ț",
    "sk": "&a ä &c č &h ch &o ô &r ř &s š &z ž",
    "sl": "&c č ć &d đ &s š &z ž",
    "sq": "&c] ç &d] dh &e] ë &g] gj &l] ll &n] nj &r] rr &s] sh &t] th &x] xh &z] zh",
    "sr-latn": _CROATIAN,
    "sv": _NORDIC + "&z] å ä/æ/ę ö/ø/ő/œ/ô",
    "tr": _TURKISH,
    "uk": "&г ґ &і ї",
    "vi": "&a ă â &d đ &e ê &o ô ơ &u ư",
}  # fmt: skip
# Vietnamese orders its five tones: grave, hook, tilde, acute, dot below.
_TONES: Final = {"vi": "\u0300\u0309\u0303\u0301\u0323"}
# Czech and Slovak take "cH" for the letter ch too; others only "ch", "Ch" and "CH".
_MIXED_PAIRS: Final = frozenset({"cs", "sk"})
# Two letters that are one letter, doubled, are written short in Hungarian: ssz is sz sz.
_DOUBLED_SHORT: Final = frozenset({"hu"})
# In Danish, capitals come first.
_UPPER_FIRST: Final = frozenset({"da"})
# In Canada, French compares accents from the end of the word.
_ACCENTS_FROM_END: Final = frozenset({"fr-ca"})
_DOTLESS: Final = frozenset({"tr", "az"})
# Languages that put their own script before Latin, by its code points.
_OWN_SCRIPTS: Final = {
    **dict.fromkeys(("be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "uk"), ((0x400, 0x52F),)),
    "el": ((0x370, 0x3FF),),
    "hy": ((0x530, 0x58F),),
    "he": ((0x590, 0x5FF),),
    **dict.fromkeys(("ar", "fa", "ur"), ((0x600, 0x6FF), (0x750, 0x77F))),
    **dict.fromkeys(("hi", "mr", "ne"), ((0x900, 0x97F),)),
    "th": ((0xE00, 0xE7F),),
    "ka": ((0x10A0, 0x10FF),),
    "km": ((0x1780, 0x17FF),),
    "ko": ((0x1100, 0x11FF), (0x4E00, 0x9FFF)),
    "zh": ((0x4E00, 0x9FFF),),
}
# Character sets whose code order is the order of the language: (codec, first and last code used).
_HAN_ORDER: Final = {
    "zh": ("gb2312", 0xB0A1, 0xD7F9),
    "zh-tw": ("big5", 0xA440, 0xC67E),
    "ja": ("euc_jp", 0xB0A1, 0xCFD3),
}


def sort_key(text: str, lang: str = "en") -> str:
    """The key by which ``text`` sorts in ``lang`` (a BCP 47 tag: ``sv-SE``, ``de-u-co-phonebk``).

    Keys are only to be compared with keys of the same language. Equal keys: texts that differ at most in
    characters without weight (soft hyphen, joiners, controls).
    """
    return collator(lang)(text)


def collator(
    lang: str = "en", *, letters_only: bool = False, numeric: bool = False, punctuation: bool = True
) -> Callable[[str], str]:
    """``sort_key`` for one language, to be called many times.

    ``letters_only``: neither accents nor case count (ICU's strength "primary"; a letter of the language's own, such
    as the Swedish å, is no accented a). ``numeric``: digits are read as numbers, 2 before 10. ``punctuation=False``:
    what Unicode calls punctuation (categories P*) is passed over; white space and symbols still count.
    """
    return _collator(_language(lang), letters_only, numeric, punctuation)


def _language(lang: str) -> str:
    """The name of the tailoring in the tables above; "" for the root order."""
    tag = lang.replace("_", "-").lower()
    tag, _, extension = tag.partition("-u-co-")
    parts = tag.split("-")
    if extension:
        order = {"phonebk": "phonebook", "trad": "traditional"}.get(extension.split("-")[0], "")
        for name in (f"{'-'.join(parts[:2])}-{order}", f"{parts[0]}-{order}"):
            if name in _RULES:
                return name
    if parts[0] == "zh" and not {"tw", "hk", "mo", "hant"}.isdisjoint(parts):
        return "zh-tw"
    if parts[0] == "fr" and "ca" in parts:
        return "fr-ca"
    if parts[0] == "sr" and "latn" in parts:
        return "sr-latn"
    known = parts[0] in _RULES or parts[0] in _OWN_SCRIPTS or parts[0] in _HAN_ORDER
    return parts[0] if known else ""


@cache
def _collator(language: str, letters_only: bool, numeric: bool, punctuation: bool) -> Callable[[str], str]:
    tables = _Tables(language, punctuation=punctuation)
    ascii_primary, ascii_tertiary = tables.ascii_primary, tables.ascii_tertiary
    primary, secondary, tertiary = tables.primary, tables.secondary, tables.tertiary
    contractions, contract = tables.contractions, tables.contract
    from_end = language in _ACCENTS_FROM_END
    is_normalized, normalize = unicodedata.is_normalized, unicodedata.normalize

    def key(text: str) -> str:
        if numeric:
            text = _DIGITS.sub(_number, text)
        if ascii_primary is not None and text.isascii():
            if letters_only:
                return text.translate(ascii_primary)
            case = text.translate(ascii_tertiary).rstrip(_LOWER)
            return f"{text.translate(ascii_primary)}\0\0{case}"
        if not is_normalized("NFC", text):
            text = normalize("NFC", text)
        if contractions is not None:
            text = contractions.sub(contract, text)
        if letters_only:
            return text.translate(primary)
        accents = text.translate(secondary)
        if from_end:
            accents = accents[::-1]
        case = text.translate(tertiary).rstrip(_LOWER)
        return f"{text.translate(primary)}\0{accents.rstrip(_PLAIN)}\0{case}"

    return key


def _number(match: re.Match[str]) -> str:
    """Digits so that they sort as a number: their count before them."""
    digits = match[0].lstrip("0") or "0"
    return f"0{chr(_COUNT + min(len(digits), _COUNTED))}{digits}"


# ------------------------------------------------------------------------------------ the tables


def _after_each_ascii(order: str) -> dict[str, str]:
    """The characters of ``order`` that are not ASCII -> the ASCII one before them and a rank."""
    weights, last, rank = {}, "", 0
    for char in order:
        if char.isascii():
            last, rank = char, 0
        else:
            weights[char] = last + chr(_EXTRA + rank)
            rank += 1
    return weights


@cache
def _root_primary() -> dict[str, str]:
    """Root primary weights of lower-case characters: what cannot be computed from Unicode's own data."""
    ascii_marks = [char for char in _PUNCTUATION if char.isascii()]
    marks = {char: chr(1 + rank) for rank, char in enumerate(ascii_marks)}
    weights = dict(marks)
    for char, weight in _after_each_ascii(_PUNCTUATION).items():
        weights[char] = marks[weight[0]] + weight[1]
    weights.update(_after_each_ascii(_LATIN))
    weights.update((char, char) for char in "0123456789abcdefghijklmnopqrstuvwxyz")
    weights.update((char, chr(0x370 + rank)) for rank, char in enumerate(_GREEK))
    weights.update((char, chr(0x400 + rank)) for rank, char in enumerate(_CYRILLIC))
    return weights


@cache
def _mark_weights() -> dict[str, str]:
    groups = enumerate(_MARKS.split(" "))
    return {mark: chr(_FIRST_MARK + 8 * rank) for rank, group in groups for mark in group}


# So many characters keep their weight; a text of all of Unicode must not fill the memory.
_KEPT: Final = 20_000
# primary, secondary, tertiary weights of a character
_Weights = tuple[str, str, str]


class _Table(dict[int, str]):
    """One level of the weights, for ``str.translate``; computes what it does not hold."""

    def __init__(self, weigh: Callable[[str], _Weights], level: int) -> None:
        super().__init__()
        self._weigh = weigh
        self._level = level

    def __missing__(self, code: int) -> str:
        weight = self._weigh(chr(code))[self._level]
        if len(self) < _KEPT:
            self[code] = weight
        return weight


class _Tables:
    """The weights of every character in one language."""

    def __init__(self, language: str, *, punctuation: bool = True) -> None:
        self.language = language
        self._punctuation = punctuation
        self._tailored: dict[str, _Weights] = {}
        self._pairs: dict[str, str] = {}
        self._marks = dict(_mark_weights())
        for rank, mark in enumerate(_TONES.get(language, "")):
            self._marks[mark] = chr(ord(_mark_weights()["\u0300"]) + rank)
        self._han = _HAN_ORDER.get(language)
        self._own = _OWN_SCRIPTS.get(language) or _OWN_SCRIPTS.get(language.partition("-")[0], ())
        if language == "sr-latn":
            self._own = ()
        self._read_rules(_RULES.get(language, ""))
        if language in _DOTLESS:
            self._tailored["I"] = (self._tailored["ı"][0], _PLAIN, _UPPER)
            self._tailored["İ"] = ("i", _PLAIN, _UPPER)
        self.primary = _Table(self._weigh, 0)
        self.secondary = _Table(self._weigh, 1)
        self.tertiary = _Table(self._weigh_upper_first if language in _UPPER_FIRST else self._weigh, 2)
        self.contractions: re.Pattern[str] | None = None
        if self._pairs:
            longest_first = sorted(self._pairs, key=lambda pair: (-len(pair), pair))
            self.contractions = re.compile("|".join(map(re.escape, longest_first)))
        # None instead of "": with it str.translate keeps to its fast way for ASCII.
        self.ascii_primary: dict[int, str | None] | None = None
        self.ascii_tertiary: dict[int, str | None] = {}
        if not self._pairs and not any(char.isascii() for char in self._tailored):
            self.ascii_primary = {code: self.primary[code] or None for code in range(128)}
            self.ascii_tertiary = {code: self.tertiary[code] or None for code in range(128)}

    def contract(self, match: re.Match[str]) -> str:
        return self._pairs[match[0]]

    def _read_rules(self, rules: str) -> None:
        anchor, rank, variants_only = "", 0, False
        for token in rules.split():
            if token.startswith("&"):
                anchor = token[1:].rstrip("]=")
                variants_only = token.endswith("=")
                rank = _TAILORED_LAST if token.endswith("]") else _TAILORED
                variant = 0
                continue
            if variants_only:
                weight = "".join(self._weigh(char)[0] for char in anchor)
                marks = "".join(self._weigh(char)[1] for char in anchor)
                for each in token.split("/"):
                    self._tailor(each, weight, marks[:-1] + chr(_VARIANT + variant) if marks else "")
                    variant += 1
                continue
            weight = "".join(self._weigh(char)[0] for char in anchor) + chr(rank)
            rank += 1
            for number, each in enumerate(token.split("/")):
                self._tailor(each, weight, chr(_VARIANT + number - 1) if number else _PLAIN)

    def _tailor(self, letters: str, primary: str, secondary: str) -> None:
        """Give one letter, or several that count as one, and their capitals, a weight."""
        forms = {letters: _LOWER}
        if len(letters) > 1:
            if self.language in _MIXED_PAIRS:
                forms[letters[0] + letters[1:].upper()] = _MIXED
            forms[letters[0].upper() + letters[1:]] = _MIXED
        forms[letters.upper()] = _UPPER
        for form, case in forms.items():
            if len(form) == 1:
                self._tailored[form] = (primary, secondary, case)
                continue
            single = chr(_CONTRACTION + len(self._tailored))
            self._tailored[single] = (primary, secondary, case)
            self._pairs[form] = single
            if self.language in _DOUBLED_SHORT:
                self._pairs[form[0] + form] = single + single
                self._pairs[form[0] + form.lower()] = single + single

    def _weigh(self, char: str) -> _Weights:
        if char in self._tailored:
            return self._tailored[char]
        if not self._punctuation and unicodedata.category(char)[0] == "P":
            return "", "", ""
        if _COUNT <= ord(char) <= _COUNT + _COUNTED:
            return char, _PLAIN, _LOWER
        lower = char.lower()
        if lower != char and len(lower) == 1:
            primary, secondary, tertiary = self._weigh(lower)
            return primary, secondary, (_UPPER + tertiary[1:]) if tertiary else ""
        if char in self._marks:
            return "", self._marks[char], _LOWER
        if char == "ς":
            return self._weigh("σ")[0], _PLAIN, _COMPATIBLE
        weight = _root_primary().get(char)
        if weight is not None:
            return self._own_first(char, weight), _PLAIN, _LOWER
        if char in _SAME_LETTER:
            letters, mark = _SAME_LETTER[char]
            primary = "".join(self._weigh(letter)[0] for letter in letters)
            secondary = _PLAIN + self._marks[mark] if mark else _LIGATURE + _PLAIN * (len(letters) - 1)
            return primary, secondary, _LOWER * len(secondary)
        return self._weigh_by_unicode(char)

    def _weigh_upper_first(self, char: str) -> _Weights:
        primary, secondary, tertiary = self._weigh(char)
        return primary, secondary, tertiary.translate({ord(_LOWER): _UPPER, ord(_UPPER): _LOWER})

    def _weigh_by_unicode(self, char: str) -> _Weights:
        """The weights of a character that no table holds, from its decomposition and category."""
        decomposed = unicodedata.normalize("NFD", char)
        compatible = unicodedata.normalize("NFKD", char)
        if compatible != char:
            letters = self._keep_tailored(decomposed) if decomposed == compatible else compatible
            parts = [self._weigh(part) for part in letters]
            case = "".join(part[2] for part in parts)
            if decomposed != compatible:
                case = _COMPATIBLE * len(case)
            return "".join(part[0] for part in parts), "".join(part[1] for part in parts), case
        if char.isspace():
            return self._weigh(" ")
        category = unicodedata.category(char)
        if category in ("Cc", "Cf", "Cs"):
            return "", "", ""
        if unicodedata.combining(char) not in (0, 9):
            return "", char, _LOWER
        digit = unicodedata.digit(char, None)
        if digit is not None:
            return str(digit), _PLAIN, _COMPATIBLE
        code = ord(char)
        if 0x30A1 <= code <= 0x30F6:
            return self._own_first(char, chr(code - 0x60)), _PLAIN, _COMPATIBLE
        if category[0] in "PS":
            # Symbols that the table does not hold come after those which it does; then currencies.
            return self._weigh("$" if category == "Sc" else "~")[0] + chr(_TAILORED_LAST) + char, _PLAIN, _LOWER
        return self._own_first(char, self._han_weight(char)), _PLAIN, _LOWER

    def _keep_tailored(self, decomposed: str) -> str:
        """Letter and marks, where a mark that makes a letter of the language stays with the letter."""
        letter, kept = decomposed[:1], ""
        for mark in decomposed[1:]:
            composed = unicodedata.normalize("NFC", letter + mark)
            if len(composed) == 1 and composed in self._tailored:
                letter = composed
            else:
                kept += mark
        return letter + kept

    def _own_first(self, char: str, weight: str) -> str:
        """The script of the language comes before Latin (Japanese: right after)."""
        code = ord(char)
        if any(first <= code <= last for first, last in self._own):
            return _OWN_SCRIPT + weight
        if self.language == "ja" and 0x3040 <= code <= 0x9FFF:
            return _AFTER_LATIN + weight
        return weight

    def _han_weight(self, char: str) -> str:
        if self._han is None or not "\u3400" <= char <= "\u9fff":
            return char
        codec, first, last = self._han
        encoded = int.from_bytes(char.encode(codec, errors="ignore"), "big")
        return chr(0x4E00 + encoded - first) if first <= encoded <= last else "\ue000" + char
