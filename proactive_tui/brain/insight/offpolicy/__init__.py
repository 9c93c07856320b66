"""Off-policy estimates, from the journal, of what other settings would have done."""
