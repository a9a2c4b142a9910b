"""Judged questions and documents come in; how well we and our peers find what was meant goes out."""
