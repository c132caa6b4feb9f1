"""`python -m kgretrieval.cli`: the same as `kg`."""

from kgretrieval.cli import main

if __name__ == "__main__":
    main()
