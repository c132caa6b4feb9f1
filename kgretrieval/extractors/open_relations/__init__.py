"""What open relations are read off trees with."""
