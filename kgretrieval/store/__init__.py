"""The collection on disk. All SQL lives in this folder, so that a second backend is one folder."""
