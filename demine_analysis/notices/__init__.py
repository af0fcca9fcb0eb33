"""New figures for a dataset: checked against what is there, and saved together or not at all."""
