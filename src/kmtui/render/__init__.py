"""Renderers: from the blocks of a document to text, and to other forms."""
