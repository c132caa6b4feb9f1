"""How an answer, an entity or a sub-graph looks: terminal, HTML, notebook, data frame, JSON lines.

Each module turns the records of `kgretrieval.types` into text and decides nothing else.
Nothing is imported here, so that a command pays only for the way of showing it uses.
"""
