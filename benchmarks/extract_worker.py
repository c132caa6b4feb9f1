"""One process of `benchmarks.extract`: extractors of kgretrieval, or a spaCy pipeline, told on stdin what to do.

    python extract_worker.py EXTRACTOR,EXTRACTOR...
    python extract_worker.py spacy:PIPELINE:COMPONENTS

COMPONENTS is "all" or "names" (what finds names and no more). The first line says that it is ready; then each line of
input is a JSON object, answered by one line: {"texts": [[title, text], ...]} is read as a whole and answered with the
seconds (of each extractor, of the clock and of the processor) and the peak memory so far; {"sentences": [[word, ...],
...]} is answered with the spans of names in each. It runs under an interpreter of its own, which needs kgretrieval or
spaCy, never both.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

#: Documents handed over at once, as an ingest does.
BATCH = 128
DATE = "2005-01-20"
_NOT_FOR_NAMES = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
_CONLL = {"person": "PER", "organisation": "ORG", "place": "LOC"} | dict.fromkeys(("event", "product", "misc"), "MISC")
_ONTONOTES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "PER": "PER", "MISC": "MISC"}
_ONTONOTES |= dict.fromkeys(("NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LANGUAGE", "LAW"), "MISC")


def peak_memory():
    """Return the most memory in bytes that this process has had resident, 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


class Ours:
    def __init__(self, names):
        import torch

        from kgretrieval.extractors import load
        from kgretrieval.types import TextPart

        torch.set_num_threads(1)
        self.extractors = load(names)
        self.part = TextPart
        self.turns = 0
        self.read([["Warm", "The company said on Friday that Mr Smith of Paris would leave. He joined in 1998."]])

    def read(self, texts):
        # Extractors remember texts; a blank more makes each turn's texts new.
        self.turns += 1
        blanks = " " * self.turns
        documents = [
            [self.part("title", title + blanks, date=DATE), self.part("text", text + blanks, date=DATE)]
            for title, text in texts
        ]
        seconds, found = {}, {}
        for first in range(0, len(documents), BATCH):
            batch = documents[first : first + BATCH]
            for extractor in self.extractors:
                begin = time.perf_counter()
                extractions = extractor.extract(batch)
                seconds[extractor.name] = seconds.get(extractor.name, 0.0) + time.perf_counter() - begin
                kinds = ("mentions", "relations", "references", "frames")
                for kind in kinds:
                    count = sum(len(getattr(extraction, kind)) for extraction in extractions)
                    if count:
                        tally = found.setdefault(extractor.name, {})
                        tally[kind] = tally.get(kind, 0) + count
        return {"seconds": seconds, "found": found}

    def names(self, sentences):
        from kgretrieval.extractors.tagging.analysis import Reader, Sentence
        from kgretrieval.extractors.tagging.weights import read_card

        untagged = [Sentence(tuple(words), tuple((i, i) for i in range(len(words)))) for words in sentences]
        read = Reader(read_card()).read(untagged)
        return [[(n.first, n.last, _CONLL[n.type]) for n in s.names if n.type in _CONLL] for s in read]


class Spacy:
    def __init__(self, pipeline, components):
        import spacy

        self.nlp = spacy.load(pipeline, exclude=_NOT_FOR_NAMES if components == "names" else ())
        self.read([["Warm", "The company said on Friday that Mr Smith of Paris would leave. He joined in 1998."]])

    def read(self, texts):
        begin = time.perf_counter()
        entities = sum(len(doc.ents) for doc in self.nlp.pipe(text for pair in texts for text in pair))
        return {"seconds": {"spacy": time.perf_counter() - begin}, "found": {"spacy": {"mentions": entities}}}

    def names(self, sentences):
        from spacy.tokens import Doc

        docs = self.nlp.pipe(Doc(self.nlp.vocab, words=words) for words in sentences)
        return [[self._span(e) for e in doc.ents if e.label_ in _ONTONOTES] for doc in docs]

    def _span(self, entity):
        # OntoNotes counts the article in, CoNLL does not.
        article = len(entity) > 1 and entity[0].lower_ in {"the", "a", "an"}
        return entity.start + article, entity.end, _ONTONOTES[entity.label_]


def main() -> None:
    name = sys.argv[1]
    case = Spacy(*name.split(":")[1:]) if name.startswith("spacy:") else Ours(tuple(name.split(",")))
    print("ready", flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        if "texts" in told:
            begin, used = time.perf_counter(), time.process_time()
            answer = case.read(told["texts"])
            spent = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - used}
            answer |= {**spent, "peak": peak_memory()}
        else:
            answer = {"names": case.names(told["sentences"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
