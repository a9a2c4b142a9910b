// A name flows in, the same name without case and accents flows out, for comparing (model/text.py, `fold`).

export function fold(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\u00df/g, "ss").replace(/\u03c2/g, "σ");
  return plain.replace(/\p{Mn}/gu, "").split(/\s+/).filter(Boolean).join(" ");
}
