"""Links of a catalog come in; the web is asked about them, politely; what it said, and findings, go out.

The only room that asks the web anything, and `auzolan links` alone enters it: no check and no build does.
"""
