"""Charts as SVG: facts to shapes, and shapes to text by one template."""
