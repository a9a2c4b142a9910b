"""A built site comes in; an edition of it that proves itself, and copies of that, go out.

A copy comes from anywhere. Nothing in it is believed that the people whom its trust list names have not signed.
"""
