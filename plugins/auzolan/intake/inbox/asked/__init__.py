"""Answers to the questions of a kind come in, in a forge's issue or on a typed sheet; the text of the entry that they make goes out.

`questions.py` knows what is asked, in all languages; `issues.py` and `paper.py` find the answers, `filled.py` makes an entry of them,
`answered.py` chooses.
"""
