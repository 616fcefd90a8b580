from datetime import UTC, date, datetime

import pytest

from energiehuis import clock
from energiehuis.identifiers import canonical_json, digest, new_id, new_reference


def test_the_day_is_that_of_brussels():
    with clock.frozen(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.frozen(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_ids_grow_with_time():
    made = [new_id() for _ in range(200)]
    assert len(set(made)) == 200
    assert made[0].version == 7
    assert [m.int >> 80 for m in made] == sorted(m.int >> 80 for m in made)


def test_a_reference_has_no_signs_that_look_alike():
    letters = "".join(new_reference("EL")[3:] for _ in range(200))
    assert not set(letters) & set("01IOUAE")


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert canonical_json({"b": 1, "a": [1, 2]}) == b'{"a":[1,2],"b":1}'
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
