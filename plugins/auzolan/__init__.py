"""Auzolan: plain files in, a directory and a knowledge commons out."""

__version__ = "0.1.0"
