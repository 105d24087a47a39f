"""What is shown of measures: headings and rows, and charts as facts; no rendering."""
