"""Annotations beside a text: spans, tags of tokens, answers to questions; how each becomes spans, and comes back."""
