"""What each year allows: the DfE's codes, marks, dates and recipients, as data."""
