"""Pictures in a terminal."""

import base64
import io
import re

import pytest
from PIL import Image

from kgretrieval.present.images import escape, file_escape, painter, protocol

COLOUR = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        (COLOUR, "blocks"),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({**COLOUR, "TERM_PROGRAM": "ghostty"}, "kitty"),
        ({**COLOUR, "TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({**COLOUR, "KITTY_WINDOW_ID": "1", "TMUX": "x"}, "blocks"),
        ({**COLOUR, "NO_COLOR": "1"}, ""),
        ({**COLOUR, "TERM": "dumb"}, ""),
        ({}, ""),
    ],
)
def test_the_way_follows_the_environment(environment, way):
    assert protocol(environment, terminal=True) == way
    assert protocol(environment, terminal=False) == ""


def test_no_painter_without_a_terminal():
    assert painter(io.StringIO(), COLOUR) is None


def test_half_blocks_show_the_upper_and_lower_pixel():
    picture = Image.new("RGB", (2, 2), "red")
    picture.paste("blue", (0, 1, 2, 2))
    shown = escape(picture, "blocks", columns=2, rows=1)
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == "▀▀"
    assert shown.startswith("\x1b[38;2;255;0;0;48;2;0;0;255m")
    assert shown.endswith("\x1b[0m")


@pytest.mark.parametrize("size", [(4000, 10), (10, 4000), (1, 1), (640, 480)])
def test_a_picture_of_any_shape_stays_within_its_cells(size):
    rows = escape(Image.new("RGB", size), "blocks", columns=20, rows=6).split("\n")
    assert len(rows) <= 6
    assert max(row.count("▀") for row in rows) <= 20


def test_kitty_sends_the_whole_picture_in_chunks():
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", escape(noise, "kitty"))
    data = base64.b64decode("".join(code for _, code in parts))
    assert [head[-3:] for head, _ in parts] == ["m=1"] * (len(parts) - 1) + ["m=0"]
    assert max(len(code) for _, code in parts) <= 4096
    assert Image.open(io.BytesIO(data)).size == (400, 300)


def test_iterm2_sends_a_jpeg():
    shown = escape(Image.new("RGB", (40, 30)), "iterm2")
    assert shown.startswith("\x1b]1337;File=inline=1;")
    assert base64.b64decode(shown.partition(":")[2].removesuffix("\x07"))[:2] == b"\xff\xd8"


def test_a_missing_or_broken_file_shows_nothing(tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_text("no picture")
    assert file_escape(str(broken), "blocks") == ""
    assert file_escape(str(tmp_path / "gone.jpg"), "kitty") == ""


def test_a_terminal_with_colours_draws_files(tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    file = tmp_path / "red.png"
    Image.new("RGB", (30, 20), "red").save(file)
    draw = painter(Terminal(), COLOUR)
    assert draw is not None
    assert "▀" in draw(str(file))
