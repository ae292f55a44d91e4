"""What is English, what is Chinese, and what Unicode says of every code point."""
