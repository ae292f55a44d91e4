"""Objectives beside masking: permutation, span corruption, infilling, pairs, replaced tokens, causal, lanes."""
