"""Dates in English, German and Chinese with the value a reader would give them, by hand; nothing where there is none.

All articles are of Friday, 12 March 2004.
"""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgretrieval.extractors.values import Values
from kgretrieval.types import TextPart

TODAY = "2004-03-12"


def dates(text, language="en", date=TODAY):
    [found] = Values().extract([[TextPart("text", text, language, date=date)]])
    return [(m.text, m.value) for m in found.mentions if m.type == "date"]


ENGLISH = [
    # Absolute.
    ("He died on 12 March 1998.", "12 March 1998", "1998-03-12"),
    ("He died on March 12, 1998.", "March 12, 1998", "1998-03-12"),
    ("He died on March 12th 1998.", "March 12th 1998", "1998-03-12"),
    ("It ended on the 5th of May 1945.", "5th of May 1945", "1945-05-05"),
    ("Reports from Mar 2003 say so.", "Mar 2003", "2003-03"),
    ("It was signed in September 2003.", "September 2003", "2003-09"),
    ("Posted 2004-02-29 by staff.", "2004-02-29", "2004-02-29"),
    ("Posted 2004-02-29T10:05:00Z by staff.", "2004-02-29T10:05:00Z", "2004-02-29T10:05:00Z"),
    ("Filed 27/09/2003 in London.", "27/09/2003", "2003-09-27"),
    ("Filed 09/27/2003 in Boston.", "09/27/2003", "2003-09-27"),
    ("Filed 05/05/2003 in Boston.", "05/05/2003", "2003-05-05"),
    ("Filed 04/05/2003 somewhere.", "04/05/2003", "2003"),
    ("Filed 27.9.2003 in Bern.", "27.9.2003", "2003-09-27"),
    ("Filed 2003/9/27 in Tokyo.", "2003/9/27", "2003-09-27"),
    ("It began on 12-Mar-2003.", "12-Mar-2003", "2003-03-12"),
    ("It was born in 1998.", "1998", "1998"),
    ("Since 1848 it has stood there.", "1848", "1848"),
    ("The 2002 election was close.", "2002", "2002"),
    ("Rome fell in 476 AD.", "476 AD", "0476"),
    ("Caesar died in 44 BC.", "44 BC", "-0043"),
    ("Music of the 1990s was loud.", "1990s", "1990/1999"),
    ("Music of the '80s was loud.", "80s", "1980/1989"),
    ("Music of the sixties was loud.", "sixties", "1960/1969"),
    ("In the mid-1970s it rose.", "mid-1970s", "1970/1979"),
    ("A city of the 21st century.", "21st century", "2001/2100"),
    ("A city of the nineteenth century.", "nineteenth century", "1801/1900"),
    ("It opened in spring 2003.", "spring 2003", "2003-03/2003-05"),
    ("It closed in the winter of 2002.", "winter of 2002", "2002-12/2003-02"),
    ("The first quarter of 2003 was bad.", "first quarter of 2003", "2003-01/2003-03"),
    ("In Q4 2003 it lost.", "Q4 2003", "2003-10/2003-12"),
    ("The second half of 2003 was bad.", "second half of 2003", "2003-07/2003-12"),
    ("On New Year's Eve 1999 they met.", "New Year's Eve 1999", "1999-12-31"),
    ("In late 2001 it fell.", "late 2001", "2001"),
    ("In early September 2003 it fell.", "early September 2003", "2003-09"),
    # Relative to the day of publication.
    ("He left yesterday.", "yesterday", "2004-03-11"),
    ("He leaves today.", "today", "2004-03-12"),
    ("He leaves tomorrow morning.", "tomorrow morning", "2004-03-13"),
    ("He left the day before yesterday.", "day before yesterday", "2004-03-10"),
    ("He left last night.", "last night", "2004-03-11"),
    ("He speaks tonight.", "tonight", "2004-03-12"),
    ("He spoke this morning.", "this morning", "2004-03-12"),
    ("He spoke last Tuesday.", "last Tuesday", "2004-03-09"),
    ("He spoke on Tuesday.", "Tuesday", "2004-03-09"),
    ("He spoke on Friday.", "Friday", "2004-03-12"),
    ("He spoke last Friday.", "last Friday", "2004-03-05"),
    ("He will speak on Tuesday.", "Tuesday", "2004-03-16"),
    ("On Tuesday he will speak.", "Tuesday", "2004-03-16"),
    ("He said on Tuesday that he will go.", "Tuesday", "2004-03-09"),
    ("He will go, he said on Tuesday.", "Tuesday", "2004-03-09"),
    ("He is due to speak on Sunday.", "Sunday", "2004-03-14"),
    ("He speaks next Monday.", "next Monday", "2004-03-15"),
    ("Police came early on Monday morning.", "early on Monday morning", "2004-03-08"),
    ("It rose last week.", "last week", "2004-03-01/2004-03-07"),
    ("It rose this week.", "this week", "2004-03-08/2004-03-14"),
    ("It ends next week.", "next week", "2004-03-15/2004-03-21"),
    ("They play this weekend.", "this weekend", "2004-03-13/2004-03-14"),
    ("They played last weekend.", "last weekend", "2004-03-06/2004-03-07"),
    ("It rose last month.", "last month", "2004-02"),
    ("It ends next month.", "next month", "2004-04"),
    ("It rose earlier this year.", "this year", "2004"),
    ("It rose last year.", "last year", "2003"),
    ("It rose last quarter.", "last quarter", "2003-10/2003-12"),
    ("The last decade was rich.", "last decade", "1990/1999"),
    ("The last century was cruel.", "last century", "1901/2000"),
    ("It burnt last summer.", "last summer", "2003-06/2003-08"),
    ("It ended last winter.", "last winter", "2003-12/2004-02"),
    ("He went in May.", "May", "2003-05"),
    ("He will go in May.", "May", "2004-05"),
    ("He goes this May.", "this May", "2004-05"),
    ("He went last December.", "last December", "2003-12"),
    ("He goes next January.", "next January", "2005-01"),
    ("He went in December.", "December", "2003-12"),
    ("He went on 20 February.", "20 February", "2004-02-20"),
    ("The fair opens on 20 March.", "20 March", "2004-03-20"),
    ("The deadline is 20 March.", "20 March", "2004-03-20"),
    ("The film opens on 19 July.", "19 July", "2004-07-19"),
    ("It had been expected in December.", "December", "2003-12"),
    ("He went in May last year.", "May last year", "2003-05"),
    ("He went on 10 May last year.", "10 May last year", "2003-05-10"),
    ("It was in the summer of last year.", "summer of last year", "2003-06/2003-08"),
    ("She left two years ago.", "two years ago", "2002"),
    ("She left a year ago.", "a year ago", "2003"),
    ("She left three months ago.", "three months ago", "2003-12"),
    ("She left three days ago.", "three days ago", "2004-03-09"),
    ("She left two weeks ago.", "two weeks ago", "2004-02-23/2004-02-29"),
    ("She left two hours ago.", "two hours ago", "2004-03-12"),
    ("She left several years ago.", "several years ago", ""),
    ("She leaves in two weeks' time.", "in two weeks' time", "2004-03-22/2004-03-28"),
    # Times of day extend a date; alone they have no value.
    ("He fell on Monday at 3pm.", "Monday at 3pm", "2004-03-08T15:00"),
    ("He fell at 3.30 p.m. on Monday.", "3.30 p.m. on Monday", "2004-03-08T15:30"),
    ("It struck at 0403 GMT on Monday.", "0403 GMT on Monday", "2004-03-08T04:03Z"),
    ("On Tuesday 28 April 1998 it rained.", "Tuesday 28 April 1998", "1998-04-28"),
    ("Friday, May 3, 2002, 11:45 AM ET", "Friday, May 3, 2002, 11:45 AM ET", "2002-05-03T11:45"),
    ("The alarm rang at 6am.", "6am", ""),
    ("It starts at midnight on Sunday.", "midnight on Sunday", "2004-03-14T00:00"),
    # Intervals.
    ("The war lasted from 1939 to 1945.", "from 1939 to 1945", "1939/1945"),
    ("Between 1618 and 1648 there was war.", "Between 1618 and 1648", "1618/1648"),
    ("He ruled 1998-2002 and left.", "1998-2002", "1998/2002"),
    ("He ruled 1990-95 and left.", "1990-95", "1990/1995"),
    ("The 2002/03 season was long.", "2002/03", "2002/2003"),
    ("The 2003-04 season was long.", "2003-04", "2003/2004"),
    ("It ran from May to July 2003.", "from May to July 2003", "2003-05/2003-07"),
    ("It ran from November to January 2003.", "from November to January 2003", "2002-11/2003-01"),
    ("It ran 12-14 March 2002.", "12-14 March 2002", "2002-03-12/2002-03-14"),
    ("It ran March 12-14, 2002.", "March 12-14, 2002", "2002-03-12/2002-03-14"),
    ("It ran between 2 May 2002 and 3 June 2002.", "between 2 May 2002 and 3 June 2002", "2002-05-02/2002-06-03"),
    # The case of the letters is not told.
    ("HE DIED ON 12 MARCH 1998.", "12 MARCH 1998", "1998-03-12"),
    ("he spoke on tuesday.", "tuesday", "2004-03-09"),
]

GERMAN = [
    ("Am 3. Oktober 1990 war es so weit.", "3. Oktober 1990", "1990-10-03"),
    ("Am 3.10.1990 war es so weit.", "3.10.1990", "1990-10-03"),
    ("Es begann am 5. März.", "5. März", "2004-03-05"),
    ("Es begann am 5.3. in Köln.", "5.3.", "2004-03-05"),
    ("Im Mai 2003 begann es.", "Mai 2003", "2003-05"),
    ("Im August kam er zurück.", "August", "2003-08"),
    ("Im Mai wird er kommen.", "Mai", "2004-05"),
    ("Im Jahr 1848 begann es.", "1848", "1848"),
    ("Er starb Ende 2003.", "Ende 2003", "2003"),
    ("Anfang Mai 2003 starb er.", "Anfang Mai 2003", "2003-05"),
    ("In den 90er Jahren stieg es.", "90er Jahren", "1990/1999"),
    ("In den 1970er-Jahren stieg es.", "1970er-Jahren", "1970/1979"),
    ("In den sechziger Jahren stieg es.", "sechziger Jahren", "1960/1969"),
    ("Im 19. Jahrhundert war es so.", "19. Jahrhundert", "1801/1900"),
    ("Im Frühjahr 2003 fiel es.", "Frühjahr 2003", "2003-03/2003-05"),
    ("Das erste Quartal 2003 war schlecht.", "erste Quartal 2003", "2003-01/2003-03"),
    ("Er kam gestern an.", "gestern", "2004-03-11"),
    ("Er kam vorgestern an.", "vorgestern", "2004-03-10"),
    ("Er kommt morgen an.", "morgen", "2004-03-13"),
    ("Er kommt übermorgen an.", "übermorgen", "2004-03-14"),
    ("Er kam heute Morgen an.", "heute Morgen", "2004-03-12"),
    ("Er kam gestern Abend an.", "gestern Abend", "2004-03-11"),
    ("Er kam am Dienstag an.", "Dienstag", "2004-03-09"),
    ("Am Dienstag wird er kommen.", "Dienstag", "2004-03-16"),
    ("Er kam am Donnerstagabend an.", "Donnerstagabend", "2004-03-11"),
    ("Er kam am vergangenen Freitag an.", "vergangenen Freitag", "2004-03-05"),
    ("Er kommt am kommenden Montag.", "kommenden Montag", "2004-03-15"),
    ("Letzte Woche stieg es.", "Letzte Woche", "2004-03-01/2004-03-07"),
    ("In dieser Woche stieg es.", "dieser Woche", "2004-03-08/2004-03-14"),
    ("Am kommenden Wochenende spielen sie.", "kommenden Wochenende", "2004-03-13/2004-03-14"),
    ("Am vergangenen Wochenende spielten sie.", "vergangenen Wochenende", "2004-03-06/2004-03-07"),
    ("Als 1996 die Flut kam.", "1996", "1996"),
    ("Caesar starb 44 v. Chr. in Rom.", "44 v. Chr.", "-0043"),
    ("Nächsten Monat steigt es.", "Nächsten Monat", "2004-04"),
    ("Im vergangenen Jahr stieg es.", "vergangenen Jahr", "2003"),
    ("Im kommenden Jahr steigt es.", "kommenden Jahr", "2005"),
    ("Im Mai vergangenen Jahres stieg es.", "Mai vergangenen Jahres", "2003-05"),
    ("Im letzten Sommer brannte es.", "letzten Sommer", "2003-06/2003-08"),
    ("Sie ging vor drei Jahren.", "vor drei Jahren", "2001"),
    ("Sie ging vor einer Woche.", "vor einer Woche", "2004-03-01/2004-03-07"),
    ("Sie ging vor zwei Monaten.", "vor zwei Monaten", "2004-01"),
    ("Sie ging vor 10 Tagen.", "vor 10 Tagen", "2004-03-02"),
    ("Sie ging vor einigen Tagen.", "vor einigen Tagen", ""),
    ("Er fiel am Montag um 15 Uhr.", "Montag um 15 Uhr", "2004-03-08T15:00"),
    ("Er fiel am Montag, 8. März 2004, 15.30 Uhr.", "Montag, 8. März 2004, 15.30 Uhr", "2004-03-08T15:30"),
    ("Der Krieg dauerte von 1939 bis 1945.", "von 1939 bis 1945", "1939/1945"),
    ("Zwischen 1618 und 1648 war Krieg.", "Zwischen 1618 und 1648", "1618/1648"),
    ("Es lief von Mai bis Juli 2003.", "von Mai bis Juli 2003", "2003-05/2003-07"),
    ("Es lief vom 3. bis 5. Mai 2003.", "3. bis 5. Mai 2003", "2003-05-03/2003-05-05"),
]

CHINESE = [
    ("他于2003年5月1日去世。", "2003年5月1日", "2003-05-01"),
    ("他于二〇〇三年五月一日去世。", "二〇〇三年五月一日", "2003-05-01"),
    ("会议于2月10日举行。", "2月10日", "2004-02-10"),
    ("会议于2月10日上午10时30分举行。", "2月10日上午10时30分", "2004-02-10T10:30"),
    ("据新华社10日报道。", "10日", "2004-03-10"),
    ("据新华社28日报道。", "28日", "2004-02-28"),
    ("公司成立于1998年。", "1998年", "1998"),
    ("公司成立于1998年3月。", "1998年3月", "1998-03"),
    ("他昨天到达。", "昨天", "2004-03-11"),
    ("他前天到达。", "前天", "2004-03-10"),
    ("他昨晚到达。", "昨晚", "2004-03-11"),
    ("他明天下午3点到达。", "明天下午3点", "2004-03-13T15:00"),
    ("他今年毕业。", "今年", "2004"),
    ("他去年毕业。", "去年", "2003"),
    ("他明年毕业。", "明年", "2005"),
    ("他去年12月3日毕业。", "去年12月3日", "2003-12-03"),
    ("价格上周上涨。", "上周", "2004-03-01/2004-03-07"),
    ("价格上周五上涨。", "上周五", "2004-03-05"),
    ("会议下周一举行。", "下周一", "2004-03-15"),
    ("价格周二上涨。", "周二", "2004-03-09"),
    ("会议将于星期二举行。", "星期二", "2004-03-16"),
    ("价格上个月上涨。", "上个月", "2004-02"),
    ("价格本月上涨。", "本月", "2004-03"),
    ("他三年前离开。", "三年前", "2001"),
    ("他两个月前离开。", "两个月前", "2004-01"),
    ("他10天前离开。", "10天前", "2004-03-02"),
    ("上世纪90年代发展很快。", "上世纪90年代", "1990/1999"),
    ("20世纪80年代发展很快。", "20世纪80年代", "1980/1989"),
    ("二十一世纪的城市。", "二十一世纪", "2001/2100"),
    ("1998年至2002年任职。", "1998年至2002年", "1998/2002"),
    ("2003年第一季度增长。", "2003年第一季度", "2003-01/2003-03"),
    ("2003年上半年增长。", "2003年上半年", "2003-01/2003-06"),
    ("2003年春季增长。", "2003年春季", "2003-03/2003-05"),
]


@pytest.mark.parametrize(("text", "expression", "value"), ENGLISH)
def test_english(text, expression, value):
    assert dates(text) == [(expression, value)]


@pytest.mark.parametrize(("text", "expression", "value"), GERMAN)
def test_german(text, expression, value):
    assert dates(text, "de") == [(expression, value)]


@pytest.mark.parametrize(("text", "expression", "value"), CHINESE)
def test_chinese(text, expression, value):
    assert dates(text, "zh") == [(expression, value)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She may march with April and June.", "en"),
        ("Theresa May and Mar Vista met in the sun.", "en"),
        ("He read the Sunday Times at Sheffield Wednesday.", "en"),
        ("They won 6-4 6-2 and 3-1 on aggregate.", "en"),
        ("Call 0221 555-1234 or 555-2004.", "en"),
        ("See section 3.2.1 and page 1998 of it.", "en"),
        ("It costs $2000 or £1,999 or €1998.", "en"),
        ("More than 2000 people and 1900 metres of rope.", "en"),
        ("Windows 2000 ran for a second.", "en"),
        ("He is in his thirties, she in her 20s.", "en"),
        ("It happened on 31 February and 45/13/2003.", "en"),
        ("He told Today it fell.", "en"),
        ("Der August Müller und die April-Zeitung, 3:1 gewonnen.", "de"),
        ("Am Morgen kamen 2000 Menschen mit 1.998 Euro.", "de"),
        ("Telefon 0221 5551234, Kapitel 3.2.1.", "de"),
        ("他以3:1获胜，日本队有一个人受伤。", "zh"),
    ],
)
def test_what_is_no_date(text, language):
    assert [value for _, value in dates(text, language) if value] == []


@pytest.mark.parametrize("text", ["yesterday", "last Tuesday", "12 March", "in May", "two years ago", "this week"])
def test_without_a_document_date_a_relative_date_has_no_value(text):
    [(_, value)] = dates(f"It fell {text}.", date="")
    assert value == ""


def test_a_document_date_of_less_precision_resolves_what_it_can():
    assert dates("It fell last year.", date="2004") == [("last year", "2003")]
    assert dates("It fell last month.", date="2004-03") == [("last month", "2004-02")]
    assert dates("It fell yesterday.", date="2004-03") == [("yesterday", "")]
    assert dates("It fell last month.", date="2004") == [("last month", "")]


def test_a_winter_begins_the_year_before():
    assert dates("It snowed this winter.", date="2004-01-15") == [("this winter", "2003-12/2004-02")]
    assert dates("It snowed last winter.", date="2004-01-15") == [("last winter", "2002-12/2003-02")]
    assert dates("It snows next winter.", date="2004-01-15") == [("next winter", "2004-12/2005-02")]


def test_a_document_date_may_carry_a_time():
    assert dates("It fell yesterday.", date="2004-03-12T08:30:00Z") == [("yesterday", "2004-03-11")]


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2999, 12, 31)))
def test_every_day_is_read_as_it_is_written(day):
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert dates(f"It fell on {text}.") == [(text, day.isoformat())]
    assert dates(f"{day.year}年{day.month}月{day.day}日", "zh") == [
        (f"{day.year}年{day.month}月{day.day}日", day.isoformat())
    ]


@given(
    st.text(alphabet="0123456789-/.: amptyMarchFidoxlsMondywek年月日周五上去前万元零一二", max_size=60),
    st.sampled_from(["en", "de", "zh"]),
)
def test_any_text_is_read_without_an_error(text, language):
    for expression, _ in dates(text, language):
        assert expression in text
