"""`python -m kmtui` is the command `kmtui`."""

from kmtui.cli import main

main()
