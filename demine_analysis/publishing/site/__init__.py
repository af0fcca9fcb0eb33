"""The folder of published pages: what is in it, what has changed, how it is replaced as a whole."""
