// A text flows in; the checksum of its bytes in UTF-8 that zlib has too (CRC-32) flows out. Browsers give a better one to https alone.

export function checksum(text: string): number {
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
