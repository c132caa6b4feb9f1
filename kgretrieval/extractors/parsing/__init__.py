"""What the parser is made of: network, decoding to trees, base forms, arguments of predicates."""
