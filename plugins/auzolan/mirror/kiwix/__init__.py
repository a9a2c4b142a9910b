"""A built site comes in; one ZIM file goes out, which Kiwix shows and searches without a network.

The only room that knows libzim (openZIM's own library); it is an extra, `auzolan[zim]`, imported where it is asked for.
"""
