"""What a search costs its reader: bytes, requests, round trips and seconds on a slow network, ours beside Pagefind's."""
