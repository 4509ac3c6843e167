"""Reading and writing the outside world: bytes and dataclasses, no Django."""
