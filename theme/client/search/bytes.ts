// A shard's string flows in, its bytes flow out, and numbers and texts from them. docs/search.md describes the format.

export const VERSION = "6";
export const DIGEST = 8;
export const utf8 = new TextDecoder();

export type Trouble = "missing" | "version" | "damaged" | "mismatch";

/** The search files cannot be used; `trouble` says why. */
export class Unreadable extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Inflates where the browser has nothing of its own for it (`inflate.ts`). */
export type Inflate = (packed: Uint8Array) => Uint8Array;

/** Whether the browser inflates by itself. */
export const inflates = (): boolean => typeof DecompressionStream === "function";

/** What stands in 85 signs, five for four bytes: from "#" on, without "<" and the backslash. */
function unwritten(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new ArrayBuffer(text.length);
  for (let at = 0; at < text.length; at += 5) {
    let word = 0;
    for (let sign = at; sign < at + 5; sign++) {
      const code = text.charCodeAt(sign) || 121; // the last ones are left out
      word = word * 85 + code - 35 - Number(code > 60) - Number(code > 92);
    }
    new DataView(bytes).setUint32((at * 4) / 5, word);
  }
  return new Uint8Array(bytes, 0, (text.length * 4) / 5);
}

/** The payload in a shard's string: version, dot, deflate in 85 signs. */
export async function unpack(text: string, other?: Inflate): Promise<Uint8Array> {
  const dot = text.indexOf(".");
  if (text.slice(0, dot) !== VERSION) throw new Unreadable("version");
  try {
    const packed = unwritten(text.slice(dot + 1));
    if (other && !inflates()) return other(packed);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (reason) {
    throw new Unreadable("damaged");
  }
}

/** A payload being read from the front. */
export class Bytes {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  take(count: number): Uint8Array {
    const part = this.data.subarray(this.at, this.at + count);
    if (part.length < count) throw new Unreadable("damaged");
    this.at += count;
    return part;
  }

  rest(): Uint8Array {
    return this.take(this.data.length - this.at);
  }

  /** A number in LEB128. Multiplied, not shifted: shifts stop at 32 bits. */
  number(): number {
    let number = 0;
    for (let unit = 1; unit < 2 ** 53; unit *= 128) {
      const byte = this.data[this.at++];
      if (byte === undefined) break;
      number += (byte & 0x7f) * unit;
      if (byte < 0x80) return number;
    }
    throw new Unreadable("damaged");
  }

  numbers(count: number): number[] {
    const found: number[] = [];
    for (let i = 0; i < count; i++) found.push(this.number());
    return found;
  }

  /** A text after the number of its bytes. */
  text(): string {
    return utf8.decode(this.take(this.number()));
  }

  digest(): string {
    return Array.from(this.take(DIGEST), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
}

/** Lists of documents, of which the lengths are told (index/gaps.py says how they are written). */
export function readGaps(data: Uint8Array, documents: number, counts: readonly number[]): number[][] {
  let at = 0;
  const bit = (): number => {
    const byte = data[at >> 3];
    if (byte === undefined) throw new Unreadable("damaged");
    return (byte >> (7 - (at++ & 7))) & 1;
  };
  return counts.map((count) => {
    let document = -1;
    return Array.from({ length: count }, () => {
      let gap = 0;
      while (!bit()) gap++;
      for (let low = 31 - Math.clz32(documents / count); low > 0; low--) gap = gap * 2 + bit();
      return (document += gap + 1);
    });
  });
}

/** The number by which a shard is called whose first word is `first`. */
export function nameOf(first: string): number {
  let name = 0;
  for (const byte of new TextEncoder().encode(first)) name = (name * 257 + byte + 1) % (2 ** 44 - 17);
  return name;
}
