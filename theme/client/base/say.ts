// An English text of the interface flows in, the page's language flows out. The words come from static/strings.<lang>.js,
// which hands them to one function; theme/client/strings.json lists every text that is asked for here.

type Words = Readonly<Record<string, string>>;

declare global {
  interface Window {
    AUZOLAN_STRINGS?: ((words: Words) => void) & { words?: Words };
  }
}

const language = (): string => document.documentElement.lang || "en";

/** Whichever comes first, the words or this script, makes the function. */
export function listen(): void {
  window.AUZOLAN_STRINGS = window.AUZOLAN_STRINGS ?? ((words) => void (window.AUZOLAN_STRINGS!.words = words));
}

/** More words, which came with something else. */
export function addWords(words: Words): void {
  listen();
  window.AUZOLAN_STRINGS!.words = { ...window.AUZOLAN_STRINGS!.words, ...words };
}

/** The text in the page's language, with `{name}` replaced by values. */
export function say(english: string, values: Readonly<Record<string, string>> = {}): string {
  return fill(wordsOf(english) ?? english, values);
}

/** The text for a number: `one` and `other` are the English texts. Their translations are listed as "one|one" and
 * "other|few", "other|many", …, by the plural classes of the Unicode CLDR. */
export function count(number: number, one: string, other: string): string {
  const kind = new Intl.PluralRules(language()).select(number);
  const english = number === 1 ? one : other;
  const text = wordsOf(`${kind === "one" ? one : other}|${kind}`) ?? wordsOf(`${other}|other`) ?? english;
  return fill(text, { count: new Intl.NumberFormat(language()).format(number) });
}

function wordsOf(key: string): string | undefined {
  const words = window.AUZOLAN_STRINGS?.words;
  const text = words && Object.prototype.hasOwnProperty.call(words, key) ? words[key] : undefined;
  return text || undefined;
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  const plain = text.replace(/\|(zero|one|two|few|many|other)$/, "");
  return plain.replace(/\{([a-z]+)\}/g, (gap, name: string) =>
    Object.prototype.hasOwnProperty.call(values, name) ? (values[name] ?? gap) : gap,
  );
}
