"""The engine that finds and reads text in pictures: PP-OCRv4 as rapidocr-onnxruntime carries it.

Its networks find stretches of text (DBNet: Liao et al., "Real-Time Scene Text Detection with Differentiable
Binarization", AAAI 2020) and read each one (SVTR-LCNet: Li et al., "PP-OCRv3", 2022). Around them, measured in
``benchmarks/ocr.py`` on its development part:

- Small pictures are enlarged by a good filter first, and those of one word get a border: the networks were trained on
  text with room around it. Without that, words of fifteen pixels are lost.
- The reading network was trained on Chinese, where nothing stands between words, and hardly ever says that a blank
  is the most probable. Its second thoughts are good: a blank is put where it gives one more than `_BLANK` between
  two letters. Words found on the development part: 41 % as the package comes, 81 % so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from onnxruntime import RunOptions
from PIL import Image
from rapidocr_onnxruntime import RapidOCR

from kgretrieval.pictures.reading_order import in_reading_order, parted
from kgretrieval.types import TextLine

#: A shorter side of fewer pixels is enlarged to it, at most three times; a longer side of more is reduced.
_SHORTER, _LONGER, _MOST = 736, 2000, 3.0
#: The pixels on the shorter side that a caller has to bring of a large picture.
LARGEST = 1500
#: What is no larger is likely to be a word cut out of a picture, and gets a border of so many pixels.
_CUT_OUT, _BORDER = 200, 40
#: The probability from which on a blank is put between two letters, and the least confidence of a line: of a single
#: letter it must be higher, for a wheel looks like an O.
_BLANK, _SURE, _SURE_OF_ONE = 0.05, 0.6, 0.9
#: Stretches of text read at once.
_AT_ONCE = 6
#: Seconds between two looks at the clock where the time is nearly over.
_TICK = 0.01

Pixels = npt.NDArray[np.uint8]


class TookTooLongError(Exception):
    """The time limit of a picture struck."""


class Engine:
    """Finds and reads text on one core; for one thread at a time."""

    def __init__(self) -> None:
        engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)
        self._clock = _Clock()
        self._detector, self._recogniser = engine.text_det, engine.text_rec
        self._detector.infer = _Limited(self._detector.infer, self._clock)
        self._recogniser.session = _Limited(self._recogniser.session, self._clock)
        self._crops = engine.get_crop_img_list
        self._letters: list[str] = self._recogniser.postprocess_op.character
        self._blank = self._letters.index(" ")

    def read(self, image: Image.Image, *, limit: float) -> list[TextLine]:
        """Return the lines of text in an upright RGB picture, in reading order, with their places in its pixels.

        Raises
        ------
        TookTooLongError
            If that takes more than `limit` seconds of computing. It stops between two layers of a network: nothing
            goes on behind.
        """
        self._clock.start(limit)
        pixels, factor, border = _prepared(image)
        boxes, _ = self._detector(pixels)
        found = [] if boxes is None else list(boxes)
        crops = self._crops(pixels, found) if found else []
        read = dict(self._recognised(crops))
        edge = np.array(image.size, dtype=np.float64)
        lines = []
        for place, box in enumerate(found):
            text, confidence = read[place]
            if text and confidence >= (_SURE if sum(map(str.isalnum, text)) > 1 else _SURE_OF_ONE):
                corners = np.clip((np.asarray(box, dtype=np.float64) - border) / factor, 0, edge)
                lines.append((text, confidence, tuple((float(x), float(y)) for x, y in corners)))
        return [TextLine(text, round(sure, 4), box) for text, sure, box in in_reading_order(lines)]

    def _recognised(self, crops: Sequence[Pixels]) -> Iterator[tuple[int, tuple[str, float]]]:
        """Yield the number of each crop with what it says; those of about one length are read together."""
        ratios = [crop.shape[1] / crop.shape[0] for crop in crops]
        order = sorted(range(len(crops)), key=ratios.__getitem__)
        _, height, width = self._recogniser.rec_image_shape
        for first in range(0, len(order), _AT_ONCE):
            chosen = order[first : first + _AT_ONCE]
            widest = max(width / height, *(ratios[i] for i in chosen))
            batch = np.stack([self._recogniser.resize_norm_img(crops[i], widest) for i in chosen])
            for i, scores in zip(chosen, self._recogniser.session(batch)[0], strict=True):
                yield i, self._decoded(scores)

    def _decoded(self, scores: npt.NDArray[np.float32]) -> tuple[str, float]:
        """Return the text and the mean probability of its letters, from ``(steps, letters)`` probabilities.

        Greedy decoding of connectionist temporal classification (Graves et al., ICML 2006), with blanks.
        """
        best, chances = scores.argmax(axis=1).tolist(), scores.max(axis=1).tolist()
        text: list[str] = []
        sure: list[float] = []
        behind = before = 0
        for step, letter in enumerate(best):
            if letter and letter != before:
                char = self._letters[letter]
                between = scores[behind:step, self._blank]
                if text and parted(text[-1], char) and between.max(initial=0.0) >= _BLANK:
                    text.append(" ")
                text.append(char)
                sure.append(chances[step])
            behind = step + 1 if letter else behind
            before = letter
        return "".join(text).strip(), float(np.mean(sure)) if sure else 0.0


def _prepared(image: Image.Image) -> tuple[Pixels, float, int]:
    """Return a picture as the networks take it (BGR), how much it was enlarged, and the width of its border."""
    shorter, longer = min(image.size), max(image.size)
    factor = _LONGER / longer if longer > _LONGER else max(1.0, min(_MOST, _SHORTER / shorter, _LONGER / longer))
    if factor != 1.0:
        width, height = (max(8, round(side * factor)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    pixels: Pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    border = _BORDER if shorter <= _CUT_OUT else 0
    if border:
        framed = cv2.copyMakeBorder(pixels, border, border, border, border, cv2.BORDER_REPLICATE)
        pixels = np.asarray(framed, dtype=np.uint8)
    return pixels, factor, border


class _Clock:
    """How much computing the picture that is being read may still take: the seconds of one thread, not of the wall.

    So a busy machine reads what a quiet one reads. Where a thread's own seconds cannot be had (macOS, Windows) it is
    the wall's.
    """

    def __init__(self) -> None:
        self._now: Callable[[], float] = time.monotonic
        self._end = 0.0

    def start(self, seconds: float) -> None:
        """Begin to count the seconds of the calling thread."""
        if hasattr(time, "pthread_getcpuclockid"):
            self._now = partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))
        self._end = self._now() + seconds

    def left(self) -> float:
        return self._end - self._now()


class _Limited:
    """A network that stops when the time is over: before it begins, or between two of its layers."""

    def __init__(self, session: Any, clock: _Clock) -> None:
        self._run, self._clock = session.session.run, clock
        self._input, self._outputs = session.get_input_names()[0], session.get_output_names()

    def __call__(self, values: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        if self._clock.left() <= 0:
            raise TookTooLongError
        options, done = RunOptions(), threading.Event()
        threading.Thread(target=self._stop_in_time, args=(options, done), daemon=True).start()
        try:
            found: list[npt.NDArray[np.float32]] = self._run(self._outputs, {self._input: values}, options)
        except Exception:  # onnxruntime's own classes are not public
            if self._clock.left() <= 0:
                raise TookTooLongError from None
            raise
        finally:
            done.set()
        return found

    def _stop_in_time(self, options: RunOptions, done: threading.Event) -> None:
        while not done.wait(max(self._clock.left(), _TICK)):
            if self._clock.left() <= 0:
                options.terminate = True
                return
