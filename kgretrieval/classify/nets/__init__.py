"""Neural classifiers of text: a bidirectional LSTM, convolutions over words, a small transformer.

All three read words as vectors (`vectors`, `table`), differ in how they join them (`lstm`, `cnn`, `transformer`) and
run by the same code (`model`). `training` is imported only to train. torch is imported by whoever imports those.
"""
