"""The closed lists of words of Food Act 13."""

from enum import StrEnum

PROGRAMME = "food_act"


class Weekday(StrEnum):
    """A day on which a donor may be visited; nobody drives on Sunday."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"


class Category(StrEnum):
    """A kind of food, as W13 tells its yearly kilogrammes apart."""

    VEGETABLES_FRUIT = "vegetables_fruit"
    DAIRY = "dairy"
    PREPARED_MEALS = "prepared_meals"
    MEAT_FISH = "meat_fish"
    BREAD = "bread"
    DRY_FOOD = "dry_food"
    DRINKS = "drinks"
    OTHER = "other"


class ExpiryKind(StrEnum):
    """Which day stands on the food: use by (TGT), or best before (THT)."""

    USE_BY = "TGT"
    BEST_BEFORE = "THT"


class WasteReason(StrEnum):
    """Why food could not be given any more."""

    EXPIRED = "expired"
    SPOILED = "spoiled"
    DAMAGED = "damaged"
    TEMPERATURE = "temperature"
    OTHER = "other"


class StockEventKind(StrEnum):
    """What changes the stock."""

    PICKUP = "pickup"
    DISTRIBUTION = "distribution"
    WASTE = "waste"
    COUNT = "count"
