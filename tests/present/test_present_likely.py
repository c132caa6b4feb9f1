"""How likely a hit is right, as every way of showing says it."""

from dataclasses import replace

import pytest
from present_examples import PICTURE_HIT

from kgretrieval.present.brief import brief_answer
from kgretrieval.present.html_parts import hit_card
from kgretrieval.present.jsonl import line
from kgretrieval.present.terminal import lines
from kgretrieval.types import Answer

LIKELY = replace(PICTURE_HIT, probability=0.823)


def shown(hit):
    answer = Answer("astronaut", hits=(hit,))
    plain = ["\n".join(row.text.plain for row in rows) for rows in (lines(answer), brief_answer(answer))]
    return [*plain, hit_card(hit, {}, level=2)]


def test_every_way_of_showing_says_it_in_words():
    assert all("82 % likely" in text for text in shown(LIKELY))


def test_nothing_is_said_of_what_is_not_known():
    assert not any("likely" in text for text in shown(PICTURE_HIT))


@pytest.mark.parametrize(("probability", "said"), [(0.001, "under 1 %"), (0.999, "over 99 %")])
def test_no_hit_is_impossible_or_certain(probability, said):
    assert all(f"{said} likely" in text for text in shown(replace(LIKELY, probability=probability)))


def test_json_has_the_number():
    assert '"probability":0.823' in line(LIKELY)
