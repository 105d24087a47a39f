"""Schools, trusts, local authorities, and who may see which."""
