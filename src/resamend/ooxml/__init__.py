"""Word documents: the only package that knows ``w:`` names."""
