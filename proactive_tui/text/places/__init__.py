"""The places that notes and items are in, as their owner names them."""
