"""How dates are written in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from kgretrieval.extractors.expressions.dates import Expression, Unit, century, clock, decade, months
from kgretrieval.extractors.expressions.dates_digits import DIGIT_RULES, full_year, span_of_years
from kgretrieval.extractors.expressions.dates_joined import Joints
from kgretrieval.extractors.expressions.numbers import CHINESE_CHARACTERS, chinese_number
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, Rule, rule

_RELATIVE: dict[str, tuple[int, Unit]] = {
    **{"大前": (-3, "day"), "前": (-2, "day"), "昨": (-1, "day"), "今": (0, "day"), "明": (1, "day"), "后": (2, "day")},
}
_YEARS = {"前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_SIDES = {"上": -1, "本": 0, "这": 0, "下": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六")} | {"日": 6, "天": 6, "末": 7}
_SEASONS = {"春": 0, "夏": 1, "秋": 2, "冬": 3}
_FEASTS = {"元旦": (1, 1), "国庆节": (10, 1), "圣诞节": (12, 25), "情人节": (2, 14), "劳动节": (5, 1)}

_n = r"[0-9０-９零〇○一二三四五六七八九十]"
_month = r"(?P<month>(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]))月(?:份|(?!期))"
_day = r"(?P<day>(?:[12]\d|3[01]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九]))(?:日|号)"
_year = r"(?P<year>[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})年"
_short_year = r"(?P<short>\d\d|[零〇○一二三四五六七八九]{2})年"
_part = r"(?:凌晨|清晨|早晨|早上|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜间|夜|深夜|午夜|晨)"
# Before an hour it belongs to the hour.
_part_alone = rf"(?:{_part}(?!{_n}))?"
_count = r"(?P<count>\d{1,3}|[一二三四五六七八九十两]{1,3}|半)"


def _number(text: str) -> int:
    number = chinese_number(text)
    return int(number) if number is not None else 0


def _calendar(match: re.Match[str]) -> Expression | None:
    groups = match.groupdict()
    year = _number(groups["year"]) if groups.get("year") else None
    if groups.get("short"):
        short = _number(groups["short"])
        year = full_year(f"{short:02}")
    month = _number(groups["month"]) if groups.get("month") else None
    day = _number(groups["day"]) if groups.get("day") else None
    return Expression(match.start(), match.end(), year, month, day)


def _relative_day(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=_RELATIVE[match["which"]])


def _relative_year(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), offset=(_YEARS[match["which"]], "year"))


def _beside(match: re.Match[str]) -> Expression:
    """Return "上周五", "本月", "下个世纪"; a day of the week is one of that week."""
    count = _SIDES[match["which"][0]] * len(match["which"])
    unit: Unit = {"周": "week", "星期": "week", "礼拜": "week", "月": "month", "季度": "quarter", "世纪": "century"}[
        match["unit"]
    ]  # type: ignore[assignment]
    start, end = match.span()
    if unit == "week" and match["weekday"]:
        weekday = _WEEKDAYS[match["weekday"]]
        if weekday == 7:
            return Expression(start, end, offset=(count, "weekend"), toward=1)
        return Expression(start, end, offset=(count, "week"), weekday=weekday)
    return Expression(start, end, offset=(count, unit))


def _weekday(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), weekday=_WEEKDAYS[match["weekday"]])


def _ago(match: re.Match[str]) -> Expression | None:
    units: dict[str, Unit] = {"天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "年": "year"}
    unit = match["unit"]
    sign = 1 if match["way"][-1] == "后" else -1
    if match["count"] == "半":
        return Expression(match.start(), match.end(), value="")
    count = _number(match["count"])
    if unit in {"小时", "分钟"}:
        return Expression(match.start(), match.end(), offset=(0, "day"))
    # "三年后" counts from what was told before; only "前" counts from today.
    if sign > 0:
        return Expression(match.start(), match.end(), value="")
    return Expression(match.start(), match.end(), offset=(-count, units[unit]))


def _decade(match: re.Match[str]) -> Expression | None:
    tens = _number(match["decade"])
    if match["century"]:
        first = 100 * (_number(match["century"]) - 1) + tens
    elif tens >= 30 or match["last"]:
        first = 1900 + tens
    else:
        return None
    return Expression(match.start(), match.end(), value=decade(first))


def _century(match: re.Match[str]) -> Expression:
    return Expression(match.start(), match.end(), value=century(_number(match["century"])))


def _year_span(match: re.Match[str]) -> Expression | None:
    value = span_of_years(match["first"], match["last"])
    return Expression(match.start(), match.end(), value=value) if value else None


def _season(match: re.Match[str]) -> Expression:
    year = _number(match["year"]) if match["year"] else None
    offset: tuple[int, Unit] | None = (_YEARS[match["which"]], "year") if match["which"] else None
    return Expression(match.start(), match.end(), year, season=_SEASONS[match["season"]], offset=offset)


def _quarter(match: re.Match[str]) -> Expression:
    value = months(_number(match["year"]), 3 * _number(match["number"]) - 2, 3)
    return Expression(match.start(), match.end(), value=value)


def _half(match: re.Match[str]) -> Expression:
    first = 1 if match["half"] == "上" else 7
    return Expression(match.start(), match.end(), value=months(_number(match["year"]), first, 6))


def _feast(match: re.Match[str]) -> Expression:
    month, day = _FEASTS[match["feast"]]
    return Expression(match.start(), match.end(), None, month, day)


def _time(match: re.Match[str]) -> Expression | None:
    hour = _number(match["hour"])
    minute = 30 if match["half"] else _number(match["minute"]) if match["minute"] else 0
    part = match["part"] or ""
    if hour < 12 and part in {"下午", "傍晚", "晚上", "晚间", "晚", "夜间", "深夜"}:
        hour += 12
    digits = len(match["minute"] or "")
    if match["sign"] == "时":
        enough = True
    elif match["sign"] in ":：":
        enough = digits == 2 and bool(part)
    else:
        enough = bool(part or match["half"] or match["sign"] == "点钟" or match["exact"])
    if not enough:
        return None
    time = clock(hour, minute)
    return Expression(match.start(), match.end(), time=time) if time else None


def _rule(starts: str, pattern: str, build: Callable[[re.Match[str]], Expression | None]) -> Rule[Expression]:
    """Return a rule that starts at one of the characters, "#" for any digit."""
    return rule([DIGITS if key == "#" else key for key in starts], pattern, build, before=r"(?<![\d.])")


_numerals = "#" + "".join(sorted(CHINESE_CHARACTERS))

GRAMMAR: Grammar[Expression] = Grammar(
    (
        *DIGIT_RULES,
        _rule(_numerals, rf"{_year}(?:度)?(?:{_month}(?:{_day}{_part_alone})?)?", _calendar),
        _rule(_numerals, rf"{_short_year}{_month}(?:{_day}{_part_alone})?", _calendar),
        _rule(_numerals, rf"{_month}(?:{_day}{_part_alone})?", _calendar),
        _rule("#", rf"(?P<day>[12]\d|3[01]|[1-9])日(?![内间均游圆元]){_part_alone}", _calendar),
        _rule("大前昨今明后", rf"(?P<which>大前|[前昨今明后])(?:天|日(?!本|益|前|常)){_part_alone}", _relative_day),
        _rule("昨今明", r"(?P<which>[昨今明])(?:晚|晨|夜|早)", _relative_day),
        _rule("前去今本明后", r"(?P<which>[前去今本明后])年(?:度)?(?:初|底|末|中)?", _relative_year),
        _rule(
            "上本这下",
            rf"(?P<which>上上|下下|[上本这下])个?(?P<unit>周|星期|礼拜|月|季度|世纪)(?P<weekday>(?<=[周期拜])[一二三四五六日天末])?{_part_alone}(?:初|底|末|中旬|上旬|下旬)?",
            _beside,
        ),
        _rule("周星礼", rf"(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?!年|岁|期){_part_alone}", _weekday),
        _rule(
            _numerals + "半",
            rf"{_count}(?:多)?个?(?P<unit>天|日|周|星期|月|年|小时|分钟)(?:多)?(?P<way>以前|之前|前|以后|之后|后)(?![一二三四五六七八九十\d])",
            _ago,
        ),
        _rule(
            _numerals + "上",
            r"(?:(?P<last>上(?:个)?世纪)|(?P<century>\d\d|[一二]?十[一二三四五六七八九]?)世纪)?(?P<decade>[1-9]0|[一二三四五六七八九]十)年代(?:初|末|中期|后期)?",
            _decade,
        ),
        _rule(_numerals, r"(?P<century>\d\d|[一二]?十[一二三四五六七八九]?)世纪(?:初|末|中叶)?", _century),
        _rule(
            "#",
            r"(?P<first>[12]\d{3})年?(?:至|到|[-–—~～])(?P<last>\d{4}|\d\d)年",
            _year_span,
        ),
        _rule(_numerals + "前去今明", rf"(?:{_year}|(?P<which>[前去今明])年)(?P<season>[春夏秋冬])(?:季|天)?", _season),
        _rule("#", rf"{_year}第?(?P<number>[一二三四1-4])季度", _quarter),
        _rule("#", rf"{_year}(?P<half>[上下])半年", _half),
        _rule("元国圣情劳", rf"(?P<feast>{'|'.join(_FEASTS)})", _feast),
        _rule(
            _numerals + "凌清早上中下傍晚夜深午",
            rf"(?P<part>{_part})?(?P<hour>[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九])(?P<sign>时(?!间|代|候|速|而|常|尚|段|差|报|期)|点(?!钟?的人|钟)|点钟|[:：])(?:(?P<half>半)|(?P<minute>[0-5]\d|{_n}{{1,3}})(?P<exact>分)?)?(?![\d.个])",
            _time,
        ),
    )
)

JOINTS = Joints(
    same=re.compile(r"[的(（]?"),
    before_time=re.compile(r"[的,， ]?"),
    to=re.compile(r"[至到\-–—~～]|(?P<open>[和与])"),
    between=re.compile(r"从\Z"),
    modifier=re.compile(r"(?!)"),
)
