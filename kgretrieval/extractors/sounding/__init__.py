"""How a text sounds: words as vectors, a recurrent network over sentences, what it says of texts and of names."""
