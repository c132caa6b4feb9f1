"""What pronouns and short forms are resolved with."""
