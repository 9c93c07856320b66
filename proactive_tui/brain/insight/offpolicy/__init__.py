"""What other settings would have done: off-policy estimates from the journal."""
