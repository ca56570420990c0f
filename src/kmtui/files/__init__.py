"""Files on disk: read what nobody vouches for, and write without losing anything."""
