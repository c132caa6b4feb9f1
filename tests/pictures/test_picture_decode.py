"""Any picture of a newsroom becomes upright RGB; anything else is refused with a reason."""

import struct
import threading
import warnings
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from kgretrieval.errors import NotFoundError, PictureError
from kgretrieval.pictures.decode import open_picture

RED, BLUE = (254, 0, 0), (0, 0, 254)


def near(image, spot, colour):
    return max(abs(a - b) for a, b in zip(image.getpixel(spot), colour, strict=True)) < 40


def flag():
    """Red upper left quarter on blue, wider than high."""
    image = Image.new("RGB", (64, 32), "blue")
    image.paste("red", (0, 0, 32, 16))
    return image


def turned(orientation):
    """The flag as a camera stores it under an EXIF orientation."""
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    return flag().transpose(Image.Transpose(undo[orientation])) if orientation > 1 else flag()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_upright(make, orientation, kind):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = open_picture(make.encode(turned(orientation), kind, exif=exif))
    assert image.size == (64, 32)
    assert near(image, (8, 4), RED)
    assert near(image, (56, 4), BLUE)
    assert near(image, (8, 28), BLUE)


def test_an_upright_picture_is_not_turned_again(make):
    exif = Image.Exif()
    exif[0x0112] = 6
    once = open_picture(make.encode(turned(6), exif=exif))
    assert np.array_equal(np.asarray(open_picture(once)), np.asarray(once))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "JPEG2000", "AVIF", "PPM"])
def test_formats(make, kind):
    image = open_picture(make.encode(flag(), kind))
    assert (image.mode, image.size) == ("RGB", (64, 32))
    assert near(image, (8, 4), RED)


def test_sources_of_every_kind_agree(make, tmp_path):
    data = make.encode(make.scene())
    (tmp_path / "a.jpg").write_bytes(data)
    given = [tmp_path / "a.jpg", str(tmp_path / "a.jpg"), data, BytesIO(data), Image.open(BytesIO(data))]
    pixels = [np.asarray(open_picture(source)) for source in given]
    assert all(np.array_equal(pixels[0], other) for other in pixels[1:])


def test_transparency_lies_on_white(make):
    for mode, kind in (("RGBA", "PNG"), ("RGBA", "WEBP"), ("LA", "PNG")):
        clear = Image.new(mode, (8, 8), (0,) * len(mode))
        assert near(open_picture(make.encode(clear, kind)), (4, 4), (255, 255, 255))


def test_palette_with_a_transparent_colour(make):
    image = Image.new("P", (8, 8), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((1, 1), 1)
    opened = open_picture(make.encode(image, "PNG", transparency=0))
    assert near(opened, (4, 4), (255, 255, 255))
    assert near(opened, (1, 1), RED)
    alphas = make.encode(image, "PNG", transparency=bytes([0, 128]))
    assert near(open_picture(alphas), (1, 1), (255, 127, 127))


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_cmyk_keeps_its_colours(make, kind):
    opened = open_picture(make.encode(flag().convert("CMYK"), kind))
    assert near(opened, (8, 4), RED)
    assert near(opened, (56, 28), BLUE)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bit_grey_is_scaled(make, kind):
    ramp = np.linspace(0, 65535, 64).astype(np.uint16)[None, :].repeat(8, axis=0)
    opened = np.asarray(open_picture(make.encode(Image.fromarray(ramp), kind)))[0, :, 0]
    assert (opened[0], opened[-1]) == (0, 255)
    assert abs(int(opened[32]) - 129) < 3


def test_floating_point_grey_from_zero_to_one(make):
    ramp = np.linspace(0, 1, 64, dtype=np.float32)[None, :].repeat(8, axis=0)
    opened = np.asarray(open_picture(make.encode(Image.fromarray(ramp), "TIFF")))
    assert (opened[0, 0, 0], opened[0, -1, 0]) == (0, 255)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame(make, kind):
    data = make.encode(flag(), kind, save_all=True, append_images=[Image.new("RGB", (64, 32), "lime")])
    assert near(open_picture(data), (8, 4), RED)


def test_a_large_jpeg_is_decoded_near_the_edge(make):
    data = make.encode(make.scene(1600, 1200))
    assert min(open_picture(data, edge=224).size) in range(224, 449)
    assert open_picture(data).size == (1600, 1200)
    assert open_picture(make.encode(make.scene(100, 90)), edge=224).size == (100, 90)


def test_the_callers_picture_is_left_alone(make):
    mine = Image.open(BytesIO(make.encode(make.scene(1600, 1200))))
    open_picture(mine, edge=64).putpixel((0, 0), (1, 2, 3))
    assert mine.size == (1600, 1200)
    assert mine.getpixel((0, 0)) != (1, 2, 3)


def test_nothing_of_the_file_sticks_to_the_pixels(make):
    exif = Image.Exif()
    exif[0x010E] = "where I live"
    opened = open_picture(make.encode(flag(), exif=exif))
    assert not opened.info
    assert not dict(opened.getexif())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_truncated_file_is_refused(make, tmp_path, kind):
    data = make.encode(make.scene(), kind)
    (tmp_path / "half.img").write_bytes(data[: len(data) // 2])
    with pytest.raises(PictureError, match=r"half\.img"):
        open_picture(tmp_path / "half.img")


def test_what_is_no_picture_says_what_it_is(tmp_path):
    cases = {
        "notes.txt": (b"Meeting at nine", "it holds text"),
        "empty.jpg": (b"", "the file is empty"),
        "page.jpg": (b"<!DOCTYPE html><p>404", "web page"),
        "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        "noise.png": (bytes(range(256)), "its format is not known"),
    }
    for name, (data, reason) in cases.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(PictureError, match=f"{name} is no picture that can be read: .*{reason}"):
            open_picture(tmp_path / name)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(NotFoundError, match="gone"):
        open_picture(tmp_path / "gone.jpg")
    with pytest.raises(PictureError, match="directory"):
        open_picture(tmp_path)


def png_header(width, height):
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (header, b"IDAT" + zlib.compress(bytes(999)))
    sized = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sized)


@pytest.mark.parametrize("side", [12_000, 60_000])
def test_a_decompression_bomb_is_refused_by_its_header(side):
    with pytest.raises(PictureError, match=r"too large.*100 megapixels"):
        open_picture(png_header(side, side))


def test_limits_can_be_set(make, tmp_path):
    data = make.encode(make.scene())
    (tmp_path / "a.jpg").write_bytes(data)
    for source in (data, BytesIO(data), tmp_path / "a.jpg"):
        with pytest.raises(PictureError, match="too large"):
            open_picture(source, max_bytes=100)
    with pytest.raises(PictureError, match="320 x 200 pixels"):
        open_picture(data, max_pixels=10_000)


def test_a_message_is_one_line(make):
    data = make.encode(make.scene(), "PNG")
    with pytest.raises(PictureError) as caught:
        open_picture(data[:2000])
    assert "\n" not in str(caught.value)
    assert "object at 0x" not in str(caught.value)


def test_broken_exif_does_not_cost_the_picture(make):
    data = make.encode(flag(), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff garbage")
    assert open_picture(data).size == (64, 32)


def test_threads_leave_the_filters_of_warnings_as_they_were(make):
    data = make.encode(make.scene(), "PNG")
    before = list(warnings.filters)
    threads = [threading.Thread(target=lambda: [open_picture(data) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert warnings.filters == before


@pytest.mark.parametrize(("kind", "size"), [("PNG", (3000, 2000)), ("JPEG", (3000, 2000)), ("PNG", (400, 300))])
def test_a_large_picture_comes_near_the_edge_asked_for(make, kind, size):
    image = open_picture(make.encode(make.scene(*size), kind), edge=100)
    assert 100 <= min(image.size) < 400
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.02)
