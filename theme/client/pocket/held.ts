// What the file holds packed flows in; texts, scripts and bytes flow out, unpacked when they are asked for. The other side is
// plugins/auzolan/render/pocket/held.py.

import { decompress } from "fzstd";

import { Unreadable } from "../search/bytes";

/** Texts in pieces, since much of them is the same. */
interface Shared {
  readonly pieces: readonly string[];
  readonly texts: Readonly<Record<string, readonly number[]>>;
}

/** An entry: its name (`cooperatives/x`), its page, the text of its file. */
export type HeldEntry = readonly [name: string, html: string, text: string];

/** What packed bytes are written in: 13 bits in two of these. */
const SIGNS = Array.from({ length: 0x7f - 0x21 }, (_, place) => String.fromCharCode(0x21 + place)).filter((sign) => !"&<\\".includes(sign));
const BITS = 13;

/** The bytes that `length` and signs stand for. */
export function bytesOf(length: number, text: string): Uint8Array {
  const values = new Int16Array(0x80).fill(-1);
  SIGNS.forEach((sign, value) => (values[sign.charCodeAt(0)] = value));
  const bytes = new Uint8Array(length);
  let [at, bits, number] = [0, 0, 0];
  for (let place = 0; place + 1 < text.length; place += 2) {
    number = (number << BITS) | ((values[text.charCodeAt(place)] ?? 0) * SIGNS.length + (values[text.charCodeAt(place + 1)] ?? 0));
    for (bits += BITS; bits >= 8; ) bytes[at++] = number >> (bits -= 8);
    number &= (1 << bits) - 1;
  }
  return bytes;
}

/** Everything that the file holds packed. */
export class Held {
  private readonly packed: ReadonlyMap<string, readonly [length: string, data: string]>;
  private readonly values = new Map<string, unknown>();

  /** `text` has a line for each packed item: its name, how many bytes are packed, and these in signs. */
  constructor(text: string) {
    const lines = text.trim().split("\n").map((line) => line.split(" "));
    this.packed = new Map(lines.map(([name = "", length = "", data = ""]) => [name, [length, data]]));
  }

  /** Throws Unreadable where there is no such item, or it is damaged. */
  bytes(name: string): Uint8Array {
    const packed = this.packed.get(name);
    if (!packed) throw new Unreadable("missing");
    if (!(Number(packed[0]) > 0)) throw new Unreadable("damaged");
    try {
      return decompress(bytesOf(Number(packed[0]), packed[1]));
    } catch (reason) {
      throw new Unreadable("damaged");
    }
  }

  /** What an item says in JSON. */
  json<T>(name: string): T {
    if (!this.values.has(name)) this.values.set(name, JSON.parse(new TextDecoder().decode(this.bytes(name))));
    return this.values.get(name) as T;
  }

  /** A text among others that lie together under `name`. */
  shared(name: string, text: string): string | undefined {
    const { pieces, texts } = this.json<Shared>(name);
    const numbers = Object.prototype.hasOwnProperty.call(texts, text) ? texts[text] : undefined;
    return numbers?.map((number) => pieces[number] ?? "").join("");
  }
}
