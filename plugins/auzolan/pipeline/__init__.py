"""Settings come in; a checked commons, and its site, written, go out. This room knows the order of the workshops.

`survey` looks what has changed since the last build, `read` reads and checks and links (all, or what has changed),
`make` makes and writes (all, or what has changed), `memory` keeps for the next build what this one learnt. A build of
nothing but what has changed gives the same bytes as one from nothing.
"""
