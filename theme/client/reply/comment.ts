// What somebody wrote to a page flows in; the file of a comment flows out, as load/comments.py reads it.

export interface Said {
  readonly text: string;
  readonly name: string;
  readonly language: string;
  /** The day on which it is written: 2026-05-03. */
  readonly day: string;
  /** The name of the comment that it answers; "" for none. */
  readonly answers: string;
}

const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";
const LENGTH = 6;

/** A name that nobody else will have chosen on that day: `2026-05-03-k7wq2m`. */
export function nameOf(day: string, random: () => number = Math.random): string {
  const signs = Array.from({ length: LENGTH }, () => SIGNS[Math.floor(random() * SIGNS.length)]!);
  return `${day}-${signs.join("")}`;
}

export function commentText({ text, name, language, day, answers }: Said): string {
  const tidy = text.replace(/\r\n?/g, "\n").split("\n").map((line) => line.replace(/[ \t]+$/, "")).join("\n");
  const head = [
    ...(name.trim() ? [`name: ${JSON.stringify(name.trim().replace(/\s+/g, " "))}`] : []),
    `date: "${day}"`,
    `language: ${language}`,
    ...(answers ? [`in_reply_to: "${answers}"`] : []),
  ];
  return `---\n${head.join("\n")}\n---\n\n${tidy.replace(/^\n+|\n+$/g, "")}\n`;
}
