"""The closed lists of words of referrals and of the agreements that they rest on."""

from enum import StrEnum


class Purpose(StrEnum):
    """What an agreement is for: to refer, or to let a programme know that the other one knows."""

    REFERRAL = "referral"
    JOURNEY = "journey"


class ReferralReason(StrEnum):
    """Why a programme sends a client on."""

    HOUSING = "housing"
    BUDGET = "budget"
    ENERGY = "energy"
    FOOD = "food"
    WORK = "work"
    FAMILY = "family"
    PSYCHOLOGICAL = "psychological"
    CRISIS = "crisis"
    OTHER = "other"


class RefusalReason(StrEnum):
    """Why the receiving programme does not take a client on."""

    FULL = "full"
    NOT_TARGET_GROUP = "not_target_group"
    CLIENT_DECLINED = "client_declined"
    UNREACHABLE = "unreachable"
    HELPED_ELSEWHERE = "helped_elsewhere"
    OTHER = "other"
