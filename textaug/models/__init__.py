"""Models that other people trained: translators, masked language models; loading, batching, caching."""
