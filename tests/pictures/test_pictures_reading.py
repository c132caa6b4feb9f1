"""What stands in a picture is read, in order and in its place; a limit of time holds; what is missing is said."""

import time
from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from kgretrieval.errors import ModelError, PictureError, UsageError
from kgretrieval.pictures import reading
from kgretrieval.pictures.ocr import Engine, TookTooLongError
from kgretrieval.pictures.reading import TextReader
from kgretrieval.pictures.reading_order import in_reading_order
from kgretrieval.text.fragments import find, letters, stretches


@pytest.fixture(scope="module")
def reader():
    return TextReader()


def sign(make, *texts, size=(640, 400), height=30):
    """A photo with words in it; each text with the place of its upper left corner."""
    image = Image.blend(make.scene(*size), Image.new("RGB", size, "white"), 0.75)
    draw = ImageDraw.Draw(image)
    for x, y, text in texts:
        draw.text((x, y), text, fill=(20, 20, 60), font=ImageFont.load_default(height))
    return image


def test_lines_come_in_reading_order_with_their_places(make, reader):
    texts = (40, 40, "Harbour closed"), (40, 300, "until Friday"), (430, 300, "Gate 27")
    read = reader.read(make.encode(sign(make, *texts), "PNG"))
    assert [line.text for line in read.lines] == ["Harbour closed", "until Friday", "Gate 27"]
    assert read.text == "Harbour closed\nuntil Friday\nGate 27"
    for (x, y, _), line in zip(texts, read.lines, strict=True):
        left, top = line.box[0]
        assert abs(left - x) < 15
        assert abs(top - y) < 15
        assert 0.6 <= line.confidence <= 1


def test_small_print_and_a_turned_photo_are_read_in_their_own_pixels(make, reader):
    small = sign(make, (12, 30, "No entry after nine"), size=(240, 120), height=13)
    assert reader.read(make.encode(small, "PNG")).text == "No entry after nine"
    upright = sign(make, (60, 60, "Platform 4"))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = upright.transpose(Image.Transpose.ROTATE_90)
    (line,) = reader.read(make.encode(turned, quality=95, exif=exif)).lines
    assert line.text == "Platform 4"
    assert abs(line.box[0][0] - 60) < 15
    assert abs(line.box[0][1] - 60) < 15


def test_a_photo_without_words_holds_none(make, reader):
    read = reader.read(make.encode(make.scene()))
    assert (read.lines, read.problem, read.text) == ((), "", "")


def test_the_limit_of_time_holds_and_is_said(make, reader):
    data = make.encode(sign(make, *((20, 5 + 30 * n, f"Line {n} of a page of print") for n in range(12))), "PNG")
    hasty = TextReader(limit=0.05)
    hasty._free = reader._free
    begun = time.process_time()
    read = hasty.read(data)
    assert (read.lines, read.problem) == ((), "took longer than 0.05 s")
    assert time.process_time() - begun < 5
    # Nothing is left behind: the same engine reads the next picture.
    assert reader.read(make.encode(sign(make, (60, 60, "Platform 4")), "PNG")).text == "Platform 4"


def test_a_network_stops_in_the_middle():
    engine = Engine()
    engine._clock.start(0.05)
    with pytest.raises(TookTooLongError):
        engine._detector.infer(np.zeros((1, 3, 1024, 1024), dtype=np.float32))


def test_bad_input_is_one_line(make, reader, monkeypatch):
    with pytest.raises(PictureError, match="no picture that can be read"):
        reader.read(b"words")
    with pytest.raises(UsageError, match="0 seconds; give a number above 0"):
        TextReader(limit=0)

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(reading, "version", missing)
    with pytest.raises(ModelError, match=r"not installed; pip install 'kgretrieval\[ocr\]'"):
        TextReader()


def box(x, y, width, height=20.0):
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def test_neighbours_in_a_row_are_one_line_and_columns_are_not():
    found = [("world", 0.9, box(66, 12, 50)), ("News", 0.8, box(300, 10, 40)), ("Hello", 0.7, box(10, 10, 50))]
    found += [("年", 0.9, box(34, 60, 20)), ("新", 0.9, box(10, 60, 20))]
    assert [text for text, _, _ in in_reading_order(found)] == ["Hello world", "News", "新年"]


@given(st.permutations([("a", 0.9, box(0, 0, 9)), ("b", 0.9, box(90, 4, 9)), ("c", 0.9, box(3, 50, 9))]))
def test_the_order_of_finding_does_not_matter(found):
    assert [text for text, _, _ in in_reading_order(found)] == ["a", "b", "c"]


@given(st.text(max_size=30), st.data())
def test_any_stretch_of_letters_is_found_where_it_stands(text, data):
    held = "".join(map(letters, text))
    if not held:
        assert find(text, "x") is None
        return
    first = data.draw(st.integers(0, len(held) - 1))
    wanted = held[first : data.draw(st.integers(first + 1, len(held)))]
    for start, end in stretches(text, wanted):
        assert wanted in "".join(map(letters, text[start:end]))
    assert stretches(text, wanted)
