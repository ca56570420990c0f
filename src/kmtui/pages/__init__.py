"""What is told about a score, a corps, a dimension and so on: pages of lines that any interface can print or draw."""
