"""The messages between face and brain, and how they are sent: all code that the two processes share."""
