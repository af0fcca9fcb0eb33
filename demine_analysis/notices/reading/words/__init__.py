"""Words of a text, before it is known what they mean: folded letters, sentences, numbers."""
