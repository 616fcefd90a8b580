"""Numbers of the Crossroads Bank for Enterprises (KBO), checked by their last two digits."""

from stdnum.be import vat


def clean_kbo_number(text: str) -> str | None:
    """Give a KBO number as ten digits, or None when its check digits are not right.

    Examples
    --------
    >>> clean_kbo_number("0630.835.639")
    '0630835639'
    >>> clean_kbo_number("0630.835.638") is None
    True
    """
    if not vat.is_valid(text):
        return None
    return str(vat.compact(text)).rjust(10, "0")
