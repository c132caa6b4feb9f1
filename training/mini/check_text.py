"""How near texts of three languages are to MiniLM and to their translations; no picture needed.

``python check_text.py distilled.pt`` reads a state of training; ``package`` stands for the weights that ship.
"""

import json
import sys

import numpy as np
import torch
from common import DATA, RUN, jsonl, rows
from teacher import headline


def encoder(name):
    """A function from texts to unit vectors in the text space."""
    if name == "package":
        from kgretrieval.encoders.mini_text import TextTower

        tower = TextTower()
        return lambda texts: tower.encode(texts, space="text")
    from towers import Texts, TextTower, tokens

    state = torch.load(RUN / name)
    state = state.get("text", state)
    known, tower = tokens(), TextTower(len(state["table"]))
    tower.load_state_dict(state, strict=False)
    tower.eval()

    def encode(texts):
        block = Texts(texts, known)
        with torch.no_grad():
            parts = [
                tower.as_text(*block.batch(i)) for i in np.array_split(np.arange(len(texts)), len(texts) // 4096 + 1)
            ]
        return torch.cat(parts).numpy()

    return encode


def found(queries, answers, right, tops=(1, 10)):
    """Shares of queries of which the right answer is among the best, in per cent."""
    scores = queries @ answers.T
    own = scores[np.arange(len(queries)), right]
    rank = (scores > own[:, None]).sum(1)
    return " / ".join(f"{100 * (rank < k).mean():.1f}" for k in tops)


def nearness(encode):
    """Mean cosine to the teacher on the held-out parts."""
    corpus = json.loads((RUN / "texts.json").read_text(encoding="utf-8"))
    teacher, at = np.load(RUN / "teacher.npy", mmap_mode="r"), 0
    for part, texts in corpus.items():
        if part != "train":
            target = teacher[at : at + len(texts)].astype(np.float32)
            print(f"{part:34} cosine {np.einsum('ij,ij->i', encode(texts), target).mean():.4f}", flush=True)
        at += len(texts)


def both_ways(name, a, b):
    number = np.arange(len(a))
    print(f"{name:34} {found(a, b, number)}   back {found(b, a, number)}", flush=True)


def translations(encode):
    """Recall at 1 and 10 of each text's translation among all of its part."""
    articles = [r for r in jsonl(DATA / "ksta19" / "articles.jsonl") if r["split"] == "train" and r.get("text_en")]
    for field in ("title", "text"):
        both_ways(f"ksta {field} of {len(articles)}", *(encode([r[field + e] for r in articles]) for e in ("", "_en")))
    val = [r for r in rows("flickr8k") if r["split"] == "val"]
    english = encode([c for r in val for c in r["captions"]]).reshape(len(val), 5, -1).mean(1)
    chinese = encode([r["captions_zh"][0] for r in val])
    both_ways(f"Flickr Chinese of {len(val)}", chinese, english / np.linalg.norm(english, axis=1, keepdims=True))
    pairs = json.loads((RUN / "languages.json").read_text(encoding="utf-8"))["pairs"]
    for kind in ("val_de_phrase", "val_de_compound", "val_zh_phrase"):
        foreign, ours = zip(*((text, options[0][0]) for text, options in pairs[kind]), strict=True)
        both_ways(f"{kind} of {len(ours)}", encode(foreign), encode(ours))


QUERIES = (
    "Feuerwehr löscht brennendes Haus", "Zinserhöhung der Zentralbank", "Bundeskanzler besucht die Ukraine",
    "Erdbebenopfer in der Türkei", "Waldbrände in Griechenland", "Fußballweltmeisterschaft der Frauen",
    "Polizei nimmt Verdächtigen fest", "neue Elektroautos", "Hitzewelle in Europa", "Schauspieler im Streik",
    "消防员灭火", "央行加息", "乌克兰战争", "地震", "总统选举",
    "女足世界杯", "警察逮捕嫌疑人", "电动汽车", "高温天气", "演员罢工",
)  # fmt: skip


def examples(encode, most=3):
    """German and Chinese queries with the nearest headlines of newsimages25 train."""
    heads = list(dict.fromkeys(headline(r) for r in rows("newsimages25") if r["split"] == "train"))
    scores = encode(list(QUERIES)) @ encode(heads).T
    for query, row in zip(QUERIES, scores, strict=True):
        print(query, "|", " | ".join(heads[i][:90] for i in np.argsort(-row)[:most]))


def main():
    encode = encoder(sys.argv[1])
    nearness(encode)
    translations(encode)
    examples(encode)


if __name__ == "__main__":
    main()
