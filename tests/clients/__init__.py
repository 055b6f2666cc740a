"""Programs of others, written on the public names alone (docs/api.md)."""
