"""The one place for words: decoding, Markdown, sentences, dates, languages, and what is safe to draw in a terminal."""
