"""What photographers and agencies write into a file is found, whatever the block and the encoding."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kgretrieval.pictures._iptc import _datasets
from kgretrieval.pictures._values import iso_date
from kgretrieval.pictures.inspect import inspect, inspect_bytes
from kgretrieval.pictures.metadata import read_metadata

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ps="http://ns.adobe.com/photoshop/1.0/"
 ps:City="Köln" ps:Headline="Dom im Regen" ps:DateCreated="2023-07-17T09:30:00+02:00">
<ps:Country>Germany</ps:Country><ps:Source>Stadtarchiv</ps:Source><ps:Credit>Archiv/Agentur</ps:Credit>
<dc:description><rdf:Alt><rdf:li xml:lang="de">Der Dom</rdf:li>
<rdf:li xml:lang="x-default">The cathedral</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>Ana Núñez</rdf:li><rdf:li>Li Wei</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2023 Archiv</rdf:li></rdf:Alt></dc:rights>
<dc:subject><rdf:Bag><rdf:li>Dom</rdf:li><rdf:li>Regen</rdf:li><rdf:li>Dom</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def exif_block(caption="Flood in Ahrweiler", artist="Jane Doe"):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = caption, artist, "Copyright Jane Doe"
    exif.get_ifd(0x8769)[0x9003] = "2021:07:15 06:12:44"
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_exif(make, kind):
    info = inspect_bytes(make.encode(make.scene(), kind, exif=exif_block()))
    assert (info.caption, info.credit, info.rights) == ("Flood in Ahrweiler", "Jane Doe", "Copyright Jane Doe")
    assert info.date == "2021-07-15T06:12:44"


def test_exif_in_utf_8_is_no_mojibake(make):
    words = "Überflutet in 中国"
    data = make.encode(make.scene(), exif=exif_block("x" * len(words.encode())))
    data = data.replace(b"x" * len(words.encode()), words.encode())
    assert inspect_bytes(data).caption == words


def test_a_cameras_own_words_are_no_caption(make):
    for words in ("OLYMPUS DIGITAL CAMERA", "SONY DSC", "          "):
        assert inspect_bytes(make.encode(make.scene(), exif=exif_block(words))).caption == ""


def press_block(record, encoding="utf-8"):
    fields = {120: "Bürger in Köln", 80: "Jörg Groß", 110: "dpa", 116: "© dpa", 105: "Hochwasser", 115: "dpa-Bild"}
    fields |= {55: "20230717", 60: "101500+0200", 90: "Köln", 101: "Germany"}
    block = record(90, b"\x1b%G", 1) if encoding == "utf-8" else b""
    block += b"".join(record(number, text.encode(encoding)) for number, text in fields.items())
    return block + record(25, b"flood") + record(25, b"rescue") + record(25, b"flood")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_iptc(make, encoding):
    info = inspect_bytes(make.with_iptc(make.encode(make.scene()), press_block(make.record, encoding)))
    assert (info.caption, info.title) == ("Bürger in Köln", "Hochwasser")
    assert (info.credit, info.rights, info.source) == ("Jörg Groß/dpa", "© dpa", "dpa-Bild")
    assert (info.date, info.place) == ("2023-07-17T10:15:00+02:00", "Köln, Germany")
    assert info.tags == ("flood", "rescue")


def test_iptc_in_a_tiff(make):
    plain = press_block(make.record)
    for block in (plain, plain + b"\0" * (-len(plain) % 4)):
        data = make.encode(make.scene(), "TIFF", tiffinfo={33723: block})
        assert inspect_bytes(data).title == "Hochwasser"


def test_xmp_speaks_before_iptc_and_exif(make):
    data = make.encode(make.scene(), exif=exif_block(), xmp=XMP.encode())
    info = inspect_bytes(make.with_iptc(data, press_block(make.record)))
    assert (info.caption, info.title) == ("The cathedral", "Dom im Regen")
    assert info.credit == "Ana Núñez; Li Wei/Archiv/Agentur"
    assert (info.rights, info.source) == ("© 2023 Archiv", "Stadtarchiv")
    assert (info.date, info.place) == ("2023-07-17T09:30:00+02:00", "Köln, Germany")
    assert info.tags == ("Dom", "Regen")


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_xmp_in_other_formats(make, kind):
    packet = XMP.encode()
    options = {"tiffinfo": {700: packet}} if kind == "TIFF" else {"xmp": packet}
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        options = {"pnginfo": PngInfo()}
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP)
    assert inspect_bytes(make.encode(make.scene(), kind, **options)).caption == "The cathedral"


@pytest.mark.parametrize(
    "packet",
    [
        XMP.replace("<x:xmpmeta", '<!DOCTYPE a [<!ENTITY b "boom">]><x:xmpmeta').replace("The cathedral", "&b;"),
        XMP[:300],
        "not XML at all",
    ],
)
def test_a_dangerous_or_broken_packet_is_passed_over(make, packet):
    data = make.encode(make.scene(), exif=exif_block(), xmp=packet.encode())
    assert inspect_bytes(data).caption == "Flood in Ahrweiler"


def test_broken_iptc_keeps_what_could_be_read(make):
    block = make.record(120, b"whole") + b"\x1c\x02\x50\xff"
    assert inspect_bytes(make.with_iptc(make.encode(make.scene()), block)).caption == "whole"


@given(st.binary(max_size=60))
def test_the_iptc_reader_stands_any_bytes(noise):
    values = [value for _, _, value in _datasets(b"\x1c\x02" + noise)]
    assert sum(map(len, values)) <= len(noise)


@pytest.mark.parametrize(
    ("given_date", "found"),
    [
        ("2023:07:17 12:30:01", "2023-07-17T12:30:01"),
        ("20230717", "2023-07-17"),
        ("20230700", "2023-07"),
        ("20230000", "2023"),
        ("2023", "2023"),
        ("2023-07-17T12:30", "2023-07-17T12:30:00"),
        ("2023-07-17T12:30:01.55Z", "2023-07-17T12:30:01Z"),
        ("0000:00:00 00:00:00", ""),
        ("2023:02:31 10:00:00", ""),
        ("    :  :     :  :  ", ""),
        ("yesterday", ""),
    ],
)
def test_dates_of_cameras(given_date, found):
    assert iso_date(given_date) == found


def test_inspect_tells_what_the_file_is(make, tmp_path):
    exif = exif_block()
    exif[0x0112] = 6
    data = make.encode(make.scene(1000, 600), exif=exif)
    (tmp_path / "a.jpg").write_bytes(data)
    info = inspect(tmp_path / "a.jpg")
    assert (info.width, info.height, info.format, info.bytes) == (600, 1000, "JPEG", len(data))
    assert len(info.sha256) == 64
    assert info == inspect_bytes(data)
    assert read_metadata(tmp_path / "a.jpg").caption == info.caption


def test_a_telephones_double_picture_is_a_jpeg(make):
    buffer = BytesIO()
    make.scene().save(buffer, "MPO", save_all=True, append_images=[make.scene(seed=2)])
    assert inspect_bytes(buffer.getvalue()).format == "JPEG"
