"""Lines of a text file, packed or not, in whatever encoding it is."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from kgretrieval.types import Skipped

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

#: What reading a damaged or unreadable file may raise.
READ_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, UnicodeError)


class Lines:
    """The lines of a file as text, without their ends; `number` is that of the last one given, from 1.

    A line that is no UTF-8 is read as GB 18030 where it can only be Chinese, else as Windows-1252;
    `fallback` then says where that happened first, and which of them it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.number = 0
        self.fallback: tuple[int, str] | None = None

    def __iter__(self) -> Iterator[str]:
        with _open(self.path) as file:
            head = _peek(file)
            if head.startswith(_UTF16_MARKS):
                yield from self._utf16(file)
                return
            for line in file:
                self.number += 1
                if self.number == 1:
                    line = line.removeprefix(_UTF8_MARK)
                yield self._decode(line.rstrip(b"\r\n"))

    def _utf16(self, file: IO[bytes]) -> Iterator[str]:
        for line in file.read().decode("utf-16").splitlines():
            self.number += 1
            yield line

    def _decode(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            text, encoding = decode_other(line)
            self.fallback = self.fallback or (self.number, encoding)
            return text


def encoding_notice(lines: Lines) -> Iterator[tuple[str, Skipped]]:
    """Yield a notice if a file was not all UTF-8; its records were read, some letters may be wrong."""
    if lines.fallback:
        number, encoding = lines.fallback
        where = f"{lines.path}:{number}"
        yield where, Skipped(where, f"is no UTF-8 and was read as {encoding}: its accents and quotes may be wrong")


def decode_other(data: bytes) -> tuple[str, str]:
    """Decode bytes that are no UTF-8; return the text and the encoding's name.

    In Chinese GB 18030 nearly every letter takes bytes above 127, always in groups; in a Western
    text they stand alone among many others.
    """
    high = sum(byte > 127 for byte in data)
    letters = sum(byte > 127 or chr(byte).isalpha() for byte in data)
    if 2 * high > letters:
        try:
            return data.decode("gb18030"), "GB 18030"
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", "replace"), "Windows-1252"


def read_text(path: Path) -> str:
    """Return a whole text file; raises one of `READ_ERRORS` if it cannot be read."""
    data = path.read_bytes()
    if data.startswith(_UTF16_MARKS):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode_other(data)[0]


def _peek(file: IO[bytes]) -> bytes:
    head = file.read(4)
    file.seek(0)
    return head


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw, open_bytes(path, raw) as file:
        yield file


def open_bytes(path: Path, raw: BinaryIO) -> BinaryIO:
    """Return the unpacked bytes of a file that is open, `raw` itself where it is not packed."""
    openers: dict[str, Any] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
    opener = openers.get(path.suffix.lower())
    return cast(BinaryIO, opener(raw, "rb")) if opener else raw
