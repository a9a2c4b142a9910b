"""Markdown comes in; safe HTML goes out."""
