"""Returns: findings, files made, receipts."""
