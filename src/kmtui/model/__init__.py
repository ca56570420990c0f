"""What a monitor is: immutable value objects. No files, no plugins, no terminal."""
