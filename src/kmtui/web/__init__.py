"""The interface in a browser, on loopback."""
