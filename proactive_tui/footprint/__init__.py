"""How little memory a process takes: what is not loaded, what is given back, and when garbage is looked for."""
