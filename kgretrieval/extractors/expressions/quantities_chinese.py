"""How quantities are written in Chinese."""

from __future__ import annotations

import re
from decimal import Decimal

from kgretrieval.extractors.expressions.numbers import (
    CHINESE_CHARACTERS,
    CHINESE_DIGITS,
    CHINESE_NUMBER,
    chinese_number,
)
from kgretrieval.extractors.expressions.quantities import SIGNS, SYMBOLS, Quantity, quantity
from kgretrieval.extractors.expressions.rules import DIGITS, Grammar, Rule

_UNITS = {
    **{"元": "CNY", "元人民币": "CNY", "人民币": "CNY", "块钱": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR"},
    **{"英镑": "GBP", "日元": "JPY", "日圆": "JPY", "港元": "HKD", "港币": "HKD", "韩元": "KRW", "新台币": "TWD"},
    **{"卢布": "RUB", "瑞士法郎": "CHF", "澳元": "AUD", "加元": "CAD", "个百分点": "percentage point"},
    **{"公里": "km", "千米": "km", "米": "m", "厘米": "cm", "毫米": "mm", "英里": "mile", "海里": "nautical mile"},
    **{"平方公里": "km2", "平方千米": "km2", "平方米": "m2", "立方米": "m3", "公顷": "ha", "亩": "亩", "英尺": "foot"},
    **{"吨": "t", "公斤": "kg", "千克": "kg", "克": "g", "斤": "斤", "升": "l", "毫升": "ml", "桶": "barrel"},
    **{
        "千瓦": "kW",
        "千瓦时": "kWh",
        "摄氏度": "°C",
        "度": "degree",
        "小时": "hour",
        "个小时": "hour",
        "分钟": "minute",
    },
    **{"秒": "second", "天": "day", "周": "week", "个星期": "week", "星期": "week", "个月": "month", "年": "year"},
    **{
        "周年": "year",
        "岁": "year",
        "个世纪": "century",
        "人": "person",
        "名": "person",
        "位": "person",
        "人次": "visit",
    },
    **{
        "分": "point",
        "球": "goal",
        "票": "vote",
        "次": "time",
        "家": "家",
        "个": "个",
        "辆": "vehicle",
        "架": "aircraft",
    },
    **{"艘": "ship", "套": "套", "座": "座", "所": "所", "件": "件", "项": "项", "场": "场", "户": "household"},
    **{
        "枚": "枚",
        "起": "起",
        "部": "部",
        "倍": "times as much",
        "种": "种",
        "股": "share",
        "张": "张",
        "台": "台",
        "支": "支",
    },
}
# Beside a single written numeral these words are more often part of another word ("一个", "一位", "三星").
_LOOSE = frozenset("个 位 家 次 度 分 部 起 项 种 场 球 座 件 名 支 周 所 张".split())
_units = "|".join(sorted(map(re.escape, (*_UNITS, *SYMBOLS)), key=len, reverse=True))
_UNIT = re.compile(rf"[余多]?\s?(?P<unit>{_units})(?![A-Za-z])")
_NO_UNIT = re.compile(
    r"年(?:代|级|轻|龄)|分(?:之|别|钟|布|析|行|子|公司)|度(?:假|过)|家(?:人|庭|长)|天(?:下|气|津)|人(?:民|们)|周(?:[一二三四五六日末]|围|边)"
)


def _measured(match: re.Match[str]) -> Quantity | None:
    text, start, end = match.string, match.start(), match.end()
    written = match["number"]
    number = chinese_number(written)
    # "唯一一个": numerals side by side make no number.
    if number is None or re.fullmatch("[零〇一二三四五六七八九两]{2,}", written):
        return None
    more = re.match(r"[余多](?=[万亿])", text[end : end + 2])
    unit = _UNIT.match(text, end)
    if unit and not more and not _NO_UNIT.match(text, unit.start("unit")):
        name = unit["unit"]
        if len(written) == 1 and not written.isdecimal() and name in _LOOSE:
            return None
        return quantity(start, unit.end(), number, _UNITS.get(name) or SYMBOLS[name])
    large = written[-1] in "万亿" and len(written) > 1
    return quantity(start, end, number, "") if large else None


def _signed(match: re.Match[str]) -> Quantity | None:
    number = chinese_number(match["number"])
    sign = "CNY" if match["sign"] in "¥￥" else SIGNS[match["sign"]]
    return None if number is None else quantity(match.start(), match.end(), number, sign)


def _percent(match: re.Match[str]) -> Quantity | None:
    whole, _, decimals = match["number"].partition("点")
    number = chinese_number(whole)
    fraction = chinese_number(decimals) if decimals else Decimal(0)
    if number is None or fraction is None:
        return None
    if decimals:
        number += fraction.scaleb(-len(decimals))
    return quantity(match.start(), match.end(), number, "%")


GRAMMAR: Grammar[Quantity] = Grammar(
    (
        Rule(
            frozenset((*SIGNS, "￥")),
            re.compile(rf"(?P<sign>[$£€¥￥₹])\s?(?P<number>{CHINESE_DIGITS}[万亿]{{0,2}})"),
            _signed,
        ),
        Rule(
            frozenset("百"),
            re.compile(
                rf"百分之(?P<number>{CHINESE_DIGITS}|[零〇一二三四五六七八九十百两]+(?:点[零〇一二三四五六七八九]+)?)"
            ),
            _percent,
        ),
        Rule(
            frozenset((DIGITS, *CHINESE_CHARACTERS)),
            re.compile(
                rf"(?<![\d.第:：/A-Za-z零〇一二三四五六七八九十百千万亿两])(?P<number>{CHINESE_NUMBER})(?![\d:：/]|[.．]\d|-\d)"
            ),
            _measured,
        ),
    )
)
