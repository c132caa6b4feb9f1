"""Pictures made in code: no file of anybody else's is needed."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image


def scene(width=320, height=200, seed=1):
    """A picture with structure at several scales, different for every seed."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (5, 7, 3), dtype=np.uint8)).resize((width, height), 3)
    return coarse


def encode(image, kind="JPEG", **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def iptc_record(dataset, value, record=2):
    return bytes([0x1C, record, dataset]) + struct.pack(">H", len(value)) + value


def with_iptc(jpeg, block):
    """Put an APP13 segment with an IPTC block behind the start marker of a JPEG."""
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + block
    resource += b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + resource
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


@pytest.fixture
def make():
    """The makers above, as one namespace."""

    class Make:
        scene = staticmethod(scene)
        encode = staticmethod(encode)
        record = staticmethod(iptc_record)
        with_iptc = staticmethod(with_iptc)

    return Make
