"""Conversations: open ones, kept ones, and a conversation written as a note."""
