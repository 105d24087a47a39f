"""What is counted: each measure explains itself, each figure names its pupils."""
