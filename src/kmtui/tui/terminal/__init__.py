"""The terminal under the interface, and every private name of Textual that kmtui uses.

Textual's own driver for Unix (`LinuxDriver`) falls short of what an interface over SSH needs, and has no public points
to change it. What kmtui does instead, and the private names that it takes:

Output (`driver.py`, `output_diff.py`, `writer.py`)
    LinuxDriver writes to standard error, which `kmtui 2>log` sends elsewhere, through a queue of thirty writes that
    blocks the event loop when the terminal is not read. TerminalDriver writes to standard output from its own thread
    and drops drawings while the terminal is behind. `_get_terminal_size` is overridden to bound the size: a terminal
    that claims millions of cells would take all memory. `_mouse_pixels` says whether the mouse reports pixels, which
    LinuxDriver does not switch off.
Input (`input_filter.py`)
    `_xterm_parser.XTermParser` turns escape sequences that it does not know into single keys, and letters are commands
    here. InputFilter passes on only the sequences that the parser knows, by `_ansi_sequences.ANSI_SEQUENCES_KEYS` and
    `_keyboard_protocol.FUNCTIONAL_KEYS`, and extracts pastes. `_debug` is handed to the parser. `_key_thread` is the
    thread that LinuxDriver joins; ours sleeps until there is input instead of polling ten times a second.
    `ESCAPE_DELAY` is set to 0, because InputFilter decides when an escape is the key.
Life cycle (`driver.py`)
    LinuxDriver handles no signals that end a process. `_loop` and `_app` are used to end the interface in order, with
    the terminal restored.
Failure (`app.py`)
    `App._fatal_error` and `_print_error_renderables` print a traceback; the command line reports `_exception` like any
    other error. `_close_messages_no_wait` ends the interface. `_driver` is asked to redraw, or handed a clipboard
    sequence for a terminal multiplexer; `_clipboard` keeps what was copied where GNU screen must not see Textual's own
    sequence.

`private.py` lists these names. If one is missing in the installed Textual, or the configuration has
`driver = "textual"`, kmtui runs on Textual's own driver, with the shortcomings above. pyproject.toml has a ceiling on
Textual, and tests/tui/terminal/test_private.py fails first when an upgrade removes a name.
"""
