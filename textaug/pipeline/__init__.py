"""Files in, files out: sources → slices → transform → parts → commit; the same bytes, however it is cut."""
