"""The views of the interface, one in each module."""
