"""Reports, pictures, letters and data out, over hornbook.reports."""
