"""The reconciled series of a dataset as files: tables, what they mean, and how estimates moved."""
