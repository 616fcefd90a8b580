"""What the energy model must assume on top of what a file says of a dwelling."""

from energiehuis.loans.vocabulary import DwellingType, HeatingCarrier
from savings_model.heating_systems import Carrier, Generator

# An apartment in this region stands in a small block more often than in a tower.
SIZE_CLASS = {
    DwellingType.DETACHED: "detached",
    DwellingType.SEMI_DETACHED: "semi_detached",
    DwellingType.TERRACED: "terraced",
    DwellingType.APARTMENT: "small_apartment_block",
}
# A boiler of 1986-1995 is the middle of TABULA's Belgian boilers that do not condense; the file
# does not say how old the one was.
HEATING = {
    HeatingCarrier.NATURAL_GAS: (Generator.VARIABLE_BOILER_1986_1995, Carrier.GAS),
    HeatingCarrier.HEATING_OIL: (Generator.VARIABLE_BOILER_1986_1995, Carrier.HEATING_OIL),
    HeatingCarrier.ELECTRICITY: (Generator.ELECTRIC, Carrier.ELECTRICITY),
    HeatingCarrier.WOOD: (Generator.WOOD_STOVE, Carrier.WOOD),
    HeatingCarrier.COAL: (Generator.COAL_STOVE, Carrier.COAL),
}
BURNS_IN_A_BOILER = frozenset({HeatingCarrier.NATURAL_GAS, HeatingCarrier.HEATING_OIL})
UNKNOWN_DWELLING = (DwellingType.TERRACED, 1960, 150, HeatingCarrier.NATURAL_GAS)
# Outside these the model has no type, or the size is a slip of the pen.
FLOOR_AREA_M2 = (10, 2000)
EARLIEST_YEAR, LATEST_YEAR = 1500, 2100
