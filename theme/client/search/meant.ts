// Hands what tells which forms were meant to the search script, which loads this when a word is unknown.

import { nearest } from "./nearest";

window.AUZOLAN_NEAREST = nearest;
