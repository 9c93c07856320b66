"""Stories from feeds: RSS, Atom and JSON Feed, asked rarely and politely, cleaned, and each told once."""
