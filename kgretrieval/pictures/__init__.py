"""Pictures: safe decoding, what a file says of itself, perceptual hashes, thumbnails."""
