"""Static masking: text becomes sequences of full sentences, masked once and stored, several times over."""
