"""Speed and memory, one command each; results under `benchmarks/results/`."""
