"""Pictures in a terminal, in the best way it has: kitty's or iTerm2's protocol, or coloured half blocks."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TextIO

from kgretrieval.errors import KgError

if TYPE_CHECKING:
    from PIL import Image

    from kgretrieval.present.lines import Painter

Protocol = Literal["kitty", "iterm2", "blocks", ""]

#: Columns and rows that a picture may take.
COLUMNS, ROWS = 32, 10
#: Pixels of the longer edge of what is sent to a terminal that shows real pixels.
EDGE = 480
_CHUNK = 4096


def protocol(environment: Mapping[str, str], *, terminal: bool) -> Protocol:
    """Say how pictures can be shown, ``""`` if they cannot.

    Parameters
    ----------
    environment
        The environment variables; ``NO_COLOR`` and ``TERM=dumb`` turn pictures off.
    terminal
        Whether the output is a terminal.
    """
    term = environment.get("TERM", "")
    if not terminal or environment.get("NO_COLOR") or term in ("", "dumb"):
        return ""
    # A multiplexer swallows the protocols, half blocks pass.
    if not environment.get("TMUX") and not term.startswith("screen"):
        program = environment.get("TERM_PROGRAM", "")
        if environment.get("KITTY_WINDOW_ID") or "kitty" in term or program == "ghostty":
            return "kitty"
        if program in ("iTerm.app", "WezTerm") or environment.get("LC_TERMINAL") == "iTerm2":
            return "iterm2"
    return "blocks" if _true_colour(environment) else ""


def _true_colour(environment: Mapping[str, str]) -> bool:
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit") or environment.get("WT_SESSION"):
        return True
    return environment.get("TERM", "").endswith("-direct")


def painter(stream: TextIO, environment: Mapping[str, str]) -> Painter | None:
    """Return what draws a picture's file for this stream, or None where pictures cannot be shown."""
    way = protocol(environment, terminal=stream.isatty())
    if not way:
        return None

    def draw(path: str) -> str:
        return file_escape(path, way)

    return draw


def file_escape(path: str, way: Protocol) -> str:
    """Return the picture at `path` as text for the terminal; ``""`` if it is gone or cannot be read."""
    from kgretrieval.pictures.decode import open_picture

    try:
        return escape(open_picture(path, edge=EDGE), way)
    except KgError:
        return ""


def escape(image: Image.Image, way: Protocol, *, columns: int = COLUMNS, rows: int = ROWS) -> str:
    """Return an RGB picture as text for the terminal, within `columns` x `rows` cells."""
    width, height = _fit(image.size, columns, rows * 2)
    if way == "blocks":
        return _half_blocks(image.resize((width, height)))
    if way == "kitty":
        return _kitty(_encoded(image, "PNG"), width, height // 2)
    return _iterm2(_encoded(image, "JPEG"), width, height // 2)


def _fit(pixels: tuple[int, int], columns: int, half_rows: int) -> tuple[int, int]:
    """Return columns and half rows (an even number) that keep the shape; a cell is twice as high as wide."""
    scale = min(columns / pixels[0], half_rows / pixels[1])
    width = min(columns, max(1, round(pixels[0] * scale)))
    return width, min(half_rows, max(2, round(pixels[1] * scale / 2) * 2))


def _half_blocks(small: Image.Image) -> str:
    data, (width, height) = small.convert("RGB").tobytes(), small.size
    pixels = [tuple(data[i : i + 3]) for i in range(0, len(data), 3)]
    rows = []
    for top in range(0, height, 2):
        upper, lower = (pixels[y * width : (y + 1) * width] for y in (top, top + 1))
        cells = (
            f"\x1b[38;2;{a[0]};{a[1]};{a[2]};48;2;{b[0]};{b[1]};{b[2]}m▀" for a, b in zip(upper, lower, strict=True)
        )
        rows.append("".join(cells) + "\x1b[0m")
    return "\n".join(rows)


def _encoded(image: Image.Image, form: str) -> bytes:
    from io import BytesIO

    small = image.convert("RGB")
    small.thumbnail((EDGE, EDGE))
    buffer = BytesIO()
    small.save(buffer, form)
    return buffer.getvalue()


def _kitty(png: bytes, columns: int, rows: int) -> str:
    """Return kitty's graphics escape: base64 in chunks, all but the last marked with m=1."""
    code = base64.b64encode(png).decode("ascii")
    chunks = [code[i : i + _CHUNK] for i in range(0, len(code), _CHUNK)]
    parts = []
    for place, chunk in enumerate(chunks):
        first = f"a=T,f=100,q=2,c={columns},r={rows}," if place == 0 else ""
        parts.append(f"\x1b_G{first}m={int(place < len(chunks) - 1)};{chunk}\x1b\\")
    return "".join(parts)


def _iterm2(jpeg: bytes, columns: int, rows: int) -> str:
    code = base64.b64encode(jpeg).decode("ascii")
    options = f"inline=1;size={len(jpeg)};width={columns};height={rows};preserveAspectRatio=1"
    return f"\x1b]1337;File={options}:{code}\x07"
