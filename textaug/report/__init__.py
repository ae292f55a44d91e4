"""What a person looks at: differences and summaries, in a terminal and as HTML."""
