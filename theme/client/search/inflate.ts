// Packed bytes flow in, what they hold flows out, for browsers without a DecompressionStream; others never load this.

import { unzlibSync } from "fflate";

window.AUZOLAN_INFLATE = (packed) => unzlibSync(packed);
