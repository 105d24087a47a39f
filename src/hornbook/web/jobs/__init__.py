"""Work that takes more than a few seconds: done by a worker, beside the pages."""
