"""Works on text: decoding, Markdown, sentences, dates, languages, and what is safe to draw in a terminal."""
