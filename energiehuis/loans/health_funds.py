"""No text that staff type may name a health fund: credit law forbids to ask for membership of one.

For the increased allowance a counsellor sees a certificate or a sticker of a fund. That it was
seen is kept; of which fund it is stays out of every text. The names are those under which the
Belgian funds work, general knowledge.
"""

import re

from energiehuis.errors import FieldError, InvalidInput

# Short names are written in capitals; a number before `CM` makes centimetres of it.
_SHORT = re.compile(r"(?<![\d.,])(?<!\d )\bCM\b|\b(?:LM|OZ|NZVL|VNZ|HZIV|CAAMI|MLOZ|MC|FMSB|LMO)\b")
_LONG = re.compile(
    r"christelijke mutualiteit|mutualit[ée] chr[ée]tienne|solidaris|bond moyson|de voorzorg|"
    r"socialistische mutualiteit|mutualit[ée] socialiste|liberale mutualiteit|"
    r"mutualit[ée] lib[ée]rale|mutplus|mutualit[ée] neutre|neutra(?:al|le) ziekenfonds|helan|"
    r"partena|omnimut|onafhankelijk ziekenfonds|securex|euromut|"
    r"hulpkas voor ziekte|caisse auxiliaire d.assurance|kas der geneeskundige verzorging",
    re.IGNORECASE,
)


def names_health_fund(text: str) -> bool:
    """Say whether a text names a health fund."""
    return bool(_SHORT.search(text) or _LONG.search(text))


def refuse_health_fund(**texts: str) -> None:
    """Refuse texts, by the names of their fields, that say of which fund somebody is a member.

    Raises
    ------
    InvalidInput
        `facts.names_health_fund`, for each of them.
    """
    errors = [
        FieldError(name, "facts.names_health_fund")
        for name, text in texts.items()
        if names_health_fund(text)
    ]
    if errors:
        raise InvalidInput(errors)
