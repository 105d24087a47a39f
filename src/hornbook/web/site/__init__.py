"""Home, about, help for every rule, and what all pages share."""
