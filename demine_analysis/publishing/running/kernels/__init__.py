"""Where the kernels of reports come from: a fork of a warm process, or a plain subprocess."""
