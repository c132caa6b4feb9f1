"""Dates in the forms that news carry."""

from datetime import date
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.sources.dates import normalise_date

DAY = "2023-07-17"


@pytest.mark.parametrize(
    "text",
    [
        DAY,
        "2023/07/17",
        "2023.7.17",
        "20230717",
        20230717,
        "17 July 2023",
        "17. Juli 2023",
        "Montag, 17. Juli 2023",
        "17th July 2023",
        "July 17, 2023",
        "Jul. 17, 2023",
        "Monday, July 17, 2023",
        "17.07.2023",
        "17-Jul-2023",
        "07/17/2023",
        "17/07/2023",
        "2023年7月17日",
        "Jul 17, 2023 10:30 PM",
    ],
)
def test_one_day_in_many_forms(text):
    assert normalise_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023", "2023"),
        (2023, "2023"),
        ("2019-01", "2019-01"),
        ("July 2023", "2023-07"),
        ("März 2019", "2019-03"),
        ("2023年7月", "2023-07"),
        ("05/05/2023", "2023-05-05"),
        ("03/04/2023", "2023"),
        ("2023-07-17T10:00:00.123Z", "2023-07-17T10:00:00Z"),
        ("2023-07-17 10:00", "2023-07-17T10:00:00"),
        ("2023-07-17 10:00:00+0200", "2023-07-17T10:00:00+02:00"),
        ("2023-07-17 10:00:00 UTC", "2023-07-17T10:00:00Z"),
        ("20230717T101500Z", "2023-07-17T10:15:00Z"),
        ("Mon, 17 Jul 2023 10:00:00 +0200", "2023-07-17T10:00:00+02:00"),
        (1689588000, "2023-07-17T10:00:00Z"),
        (1689588000123, "2023-07-17T10:00:00Z"),
        ("1689588000.5", "2023-07-17T10:00:00Z"),
    ],
)
def test_other_precisions_and_times(text, found):
    assert normalise_date(text) == found


@pytest.mark.parametrize(
    "text",
    ["", None, "yesterday", "2023-02-30", "31/31/2023", "13.13.2023", "7", "123456", "9999", "May I come in 2023"],
)
def test_what_is_no_date(text):
    assert normalise_date(text) == ""


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_every_day_comes_back(day):
    forms = [day.isoformat(), f"{day:%d.%m.%Y}", f"{day:%B %d, %Y}", f"{day:%d %b %Y}", f"{day:%Y%m%d}"]
    assert {normalise_date(form) for form in forms} == {day.isoformat()}


@given(st.datetimes(), st.timezones())
def test_mail_dates_keep_their_instant(moment, zone):
    from datetime import datetime

    moment = moment.replace(tzinfo=zone, microsecond=0)
    found = normalise_date(format_datetime(moment))
    if 1500 <= moment.year <= 2100 and moment.utcoffset().total_seconds() % 60 == 0:
        assert datetime.fromisoformat(found) == moment


@given(st.text() | st.integers() | st.floats())
def test_any_value_gives_a_date_or_nothing(value):
    assert isinstance(normalise_date(value), str)
