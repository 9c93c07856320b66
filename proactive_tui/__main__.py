"""`python -m proactive_tui` is the command line."""

from proactive_tui.cli import main

if __name__ == "__main__":
    main()
