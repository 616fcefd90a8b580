"""How a name sounds, so that doubles are found under another spelling; plain functions.

Soundex keeps the first letter, so that Cools and Kools, Philippe and Filip are strangers to it, and
Metaphone reads as English does. This key knows what Dutch and French spell in two ways (Ghyselinck
and Gijselink, Moreau and Moro), and no more. It is coarse on purpose: a proposal also needs the
same birth date, and a person decides. It is a page of rules without a dependency; what it joins and
what it keeps apart stands in its test.
"""

import re
import unicodedata
from functools import lru_cache

# In this order: longer spellings first. What stands on the right is a sound, not a letter.
_SPELLINGS = (
    (r"eaux?|aux$|aud$|ault$", "o"),
    (r"sch$", "s"),
    (r"sch", "sg"),
    (r"c?ks|x", "ks"),
    (r"ck|cq|qu|q", "k"),
    (r"ph", "f"),
    (r"th|dt", "t"),
    (r"[cg]h", "g"),
    (r"eij|ij|ei|ey|ay|ai|y", "i"),
    (r"c(?=[eiy])|z|ss", "s"),
    (r"c", "k"),
    (r"v|w(?=$)", "f"),
    (r"gn", "n"),
    (r"h", ""),
    (r"d$", "t"),
    (r"b$", "p"),
)
_PATTERNS = tuple((re.compile(spelling), sound) for spelling, sound in _SPELLINGS)
_VOWELS = re.compile(r"[aeiou]+")


@lru_cache(maxsize=10_000)
def sound_of(name: str) -> str:
    """Give the sound of one name: its first sound and the consonants after it.

    Examples
    --------
    >>> sound_of("Van den Berghe") == sound_of("Vandenberge")
    True
    >>> sound_of("Ghyselinck") == sound_of("Gijselink")
    True
    >>> sound_of("Peeters") == sound_of("Pauwels")
    False
    """
    bare = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("œ", "e"))
    sound = "".join(sign for sign in bare if sign.isascii() and sign.isalpha())
    if not sound:
        # A name in another script sounds like itself.
        return "".join(name.casefold().split())
    for pattern, meant in _PATTERNS:
        sound = pattern.sub(meant, sound)
    sound = re.sub(r"(.)\1+", r"\1", sound) or bare[:1]
    first = "a" if _VOWELS.match(sound) else sound[0]
    return first + _VOWELS.sub("", sound[1:] if first != "a" else sound)


def sound_code(given_name: str | None, family_name: str | None) -> str | None:
    """Give the sound of a whole name, whichever of the two was written first; None for an alias.

    Examples
    --------
    >>> sound_code("Els", "Maes") == sound_code("Maes", "Els")
    True
    """
    if given_name is None or family_name is None:
        return None
    return "|".join(sorted((sound_of(given_name), sound_of(family_name))))[:80]
