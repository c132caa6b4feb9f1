"""What the tagger is made of: words to inputs, network, chain, names of three languages."""
