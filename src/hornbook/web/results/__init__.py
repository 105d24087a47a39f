"""Results with their whole history, and the grid."""
