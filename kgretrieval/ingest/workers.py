"""The work on one batch: look at pictures, embed, extract, count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from kgretrieval.encoders.base import Encoder
from kgretrieval.errors import PictureError
from kgretrieval.extractors.base import Extractor
from kgretrieval.ingest.annotate import extract, join
from kgretrieval.ingest.prepare import countable, documents_of, make_bundle, picture_id
from kgretrieval.ingest.timing import Stages
from kgretrieval.pictures.inspect import PictureInfo, inspect
from kgretrieval.pictures.lazy import LazyPictures
from kgretrieval.store.read import known_pictures
from kgretrieval.store.reading_write import ReadPicture
from kgretrieval.store.records import Bundle, CountedText, VectorRow
from kgretrieval.store.store import Store
from kgretrieval.text.analysis import Analyser
from kgretrieval.text.counts import count_terms
from kgretrieval.text.passages import passages
from kgretrieval.types import Article, Passage, Picture, Skipped

#: Pictures decoded and embedded together: what the encoder's memory takes, small enough to keep the batch in cache.
PICTURES_AT_ONCE = 32


@dataclass
class Workers:
    """The parts that do the work, loaded once for an ingest."""

    encoder: Encoder
    extractors: Sequence[Extractor]
    analyser: Analyser
    stages: Stages = field(default_factory=Stages)
    skipped: list[Skipped] = field(default_factory=list)

    def bundles(self, records: Sequence[tuple[Article | Picture, str]], store: Store) -> list[Bundle]:
        """Return the finished bundles of these (record, digest), in order; a picture that is none is skipped."""
        infos = self._look_at_pictures([record for record, _ in records])
        bundles = [make_bundle(record, digest, infos) for record, digest in records]
        bundles = [b for b in bundles if b.article is not None or b.uses]
        self._embed_pictures(bundles, infos, store)
        self._embed_texts(bundles)
        self._extract(bundles)
        self._count(bundles)
        return bundles

    def _look_at_pictures(self, records: Sequence[Article | Picture]) -> dict[str, PictureInfo]:
        infos: dict[str, PictureInfo] = {}
        with self.stages("look at pictures"):
            for record in records:
                for picture in record.pictures if isinstance(record, Article) else (record,):
                    if picture.path in infos:
                        continue
                    try:
                        infos[picture.path] = inspect(picture.path)
                    except (PictureError, OSError) as error:
                        self.skipped.append(Skipped(picture.path, str(error)))
        return infos

    def _embed_pictures(self, bundles: Sequence[Bundle], infos: dict[str, PictureInfo], store: Store) -> None:
        known = known_pictures(store, [p.id for bundle in bundles for p in bundle.pictures])
        new: dict[str, tuple[Bundle, str]] = {}
        for bundle in bundles:
            for use in bundle.uses:
                if use.picture not in known:
                    new.setdefault(use.picture, (bundle, use.path))
        with self.stages("embed pictures"):
            ids = sorted(new)
            for start in range(0, len(ids), PICTURES_AT_ONCE):
                chunk = ids[start : start + PICTURES_AT_ONCE]
                self._embed_chunk({i: new[i] for i in chunk}, infos)

    def _embed_chunk(self, chunk: dict[str, tuple[Bundle, str]], infos: dict[str, PictureInfo]) -> None:
        paths = [path for _, path in chunk.values()]
        vectors = self.encoder.encode_pictures(LazyPictures(paths, edge=self.encoder.picture_size))
        for (identifier, (bundle, path)), vector in zip(chunk.items(), vectors, strict=True):
            assert picture_id(infos[path]) == identifier
            bundle.vectors.append(VectorRow("picture", identifier, "pixels", 0, vector))

    def _embed_texts(self, bundles: Sequence[Bundle]) -> None:
        with self.stages("embed texts"):
            titles = [(b, p) for b in bundles for p in b.passages if p.field == "title"]
            self._embed("picture", titles)
            if "text" in self.encoder.spaces:
                self._embed("text", [(b, p) for b in bundles for p in b.passages])

    def _embed(self, space: str, rows: Sequence[tuple[Bundle, Passage]]) -> None:
        if not rows:
            return
        vectors: npt.NDArray[np.float32] = self.encoder.encode_texts([p.text for _, p in rows], space=space)
        for (bundle, passage), vector in zip(rows, vectors, strict=True):
            bundle.vectors.append(VectorRow(space, passage.document, passage.field, passage.start, vector))

    def readings(self, read: Sequence[ReadPicture]) -> None:
        """Bring passages, vectors and counted words to what was read in pictures."""
        for one in read:
            one.passages = passages(one.picture, "reading", one.text.text, one.text.language)
        rows = [(one, passage) for one in read for passage in one.passages]
        if rows and "text" in self.encoder.spaces:
            with self.stages("embed texts"):
                vectors = self.encoder.encode_texts([passage.text for _, passage in rows], space="text")
            for (one, passage), vector in zip(rows, vectors, strict=True):
                one.vectors.append(VectorRow("text", one.picture, "reading", passage.start, vector))
        with self.stages("count words"):
            held = [one for one in read if one.passages]
            texts = [(one.text.text, one.text.language) for one in held]
            found = count_terms(texts, self.analyser).by_text() if texts else ()
            for one, (terms, counts, positions) in zip(held, found, strict=True):
                one.counts.append(CountedText(one.picture, terms, counts, positions))

    def _extract(self, bundles: Sequence[Bundle]) -> None:
        found = extract(bundles, self.extractors, self.stages)
        versions = {extractor.name: extractor.version for extractor in self.extractors}
        with self.stages("join"):
            for bundle in bundles:
                bundle.annotations = join(bundle, found, dict.fromkeys(documents_of(bundle), versions))

    def _count(self, bundles: Sequence[Bundle]) -> None:
        with self.stages("count words"):
            rows = [(bundle, row) for bundle in bundles for row in countable(bundle)]
            if not rows:
                return
            counted = count_terms([(text, language) for _, (_, text, language) in rows], self.analyser)
            for (bundle, (holder, _, _)), (terms, counts, positions) in zip(rows, counted.by_text(), strict=True):
                bundle.counts.append(CountedText(holder, terms, counts, positions))
