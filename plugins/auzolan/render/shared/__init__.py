"""What all builders of pages share: addresses, words, the frame around a page, the templates."""
