"""What typed relations are found with."""
