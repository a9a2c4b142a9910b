"""Declarations come in; the forms for adding and improving entries go out, and the files that their script leans on."""
