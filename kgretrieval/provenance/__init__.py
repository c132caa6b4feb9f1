"""Where a picture was used, and whether its uses agree."""
