"""Measures, judgements and runs: how good the answers are.

`evaluate_retrieval` measures a model or a collection, `score_run` a run file; both return a `Report`.
"""

from __future__ import annotations

from kgretrieval.evaluate.report import Comparison, Curve, Difference, Report, Result, System
from kgretrieval.evaluate.retrieval import evaluate_retrieval, score_run
from kgretrieval.evaluate.trec import read_qrels, read_run, write_qrels, write_run

__all__ = [
    "Comparison",
    "Curve",
    "Difference",
    "Report",
    "Result",
    "System",
    "evaluate_retrieval",
    "read_qrels",
    "read_run",
    "score_run",
    "write_qrels",
    "write_run",
]
