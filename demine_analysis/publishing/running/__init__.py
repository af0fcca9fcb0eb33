"""Running notebooks with papermill: in kernels here, side by side, or on a cluster."""
