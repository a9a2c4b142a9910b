// The editing script: it hands its one function to the page.

import { openEntry } from "./edit";

window.AUZOLAN_EDIT = openEntry;
