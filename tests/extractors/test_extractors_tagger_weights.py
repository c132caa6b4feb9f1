"""The tagger's weights: what is packed for shipping comes back as it was, nearly."""

import numpy as np

from kgretrieval.extractors.tagging.weights import pack_matrix, pack_table, read_arrays, unpack_layers


def test_rows_of_four_bits_lose_about_a_hundredth_of_their_square():
    rows = np.random.default_rng(1).normal(size=(3000, 50)).astype(np.float32) * np.linspace(0.1, 4, 50)
    packed = pack_table("rows", rows.astype(np.float32))
    back = unpack_layers(packed)["rows"]
    assert packed["rows"].nbytes == rows.size // 2
    assert ((back - rows) ** 2).sum() < 0.012 * (rows**2).sum()


def test_what_was_unpacked_packs_to_itself():
    matrix = np.random.default_rng(2).normal(size=(40, 30)).astype(np.float32)
    once = unpack_layers(pack_matrix("layer", matrix))["layer"]
    assert np.array_equal(unpack_layers(pack_matrix("layer", once))["layer"], once)


def test_the_shipped_table_has_a_row_for_every_word():
    arrays = read_arrays()
    assert arrays["rows"].max() < len(unpack_layers(arrays)["vectors.weight"])
