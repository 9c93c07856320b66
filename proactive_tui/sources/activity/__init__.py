"""The shape of the owner's days: from what the program notices itself, and ActivityWatch's times away from keyboard."""
