"""The definitions of the hot loops, in NumPy and Python: what the compiled kernels must give, byte for byte."""
