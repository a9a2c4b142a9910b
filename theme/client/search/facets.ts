// What was found flows in, what is left of it by the chosen values of facets flows out, and how many there are of each value.
// The rules are those of plugins/auzolan/index/facets.py; tests/vectors/facets.json holds the two together.

import { Bytes, nameOf, Unreadable, utf8 } from "./bytes";
import type { Header, Stem } from "./shards";
import { shardOf } from "./shards";

/** The weight of the field of facets. */
export const FACETS = -1;
/** The facet that every document has. */
export const KIND = "kind";

/** Facet → its chosen values. */
export type Chosen = ReadonlyMap<string, readonly string[]>;
export type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A value of a facet: as it is written, its name, and how many documents have it. */
export interface Value {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

/** A way to narrow down: whether it sorts more than one kind, the kinds of which documents have it, the digest of its
 * values where they have a shard of their own, else these. */
export interface Facet {
  readonly id: string;
  readonly label: string;
  readonly wide: boolean;
  readonly kinds: readonly string[];
  readonly digest: string;
  readonly values: readonly Value[];
}

type Documents = ReadonlySet<number>;
type Members = ReadonlyMap<string, readonly number[]>;

/** What the stems of all values of a facet begin with. */
export const beginningOf = (facet: string): string => `=${encodeURIComponent(facet)}=`;

/** The stem of a value. */
export const keyOf = (facet: string, value: string): string => `${beginningOf(facet)}${encodeURIComponent(value)}=`;

/** The value of which this is the stem. */
export const valueOf = (key: string): string => decodeURIComponent(key.split("=")[2] ?? "");

/** The facets of one index, read when they are needed. `payload` gives that of a shard of sort "f", `postings` those of a
 * shard, by its place in the header. */
export class Narrowing {
  private listed: Promise<readonly Facet[]> | undefined;

  constructor(
    private readonly header: Header,
    private readonly payload: (number: number) => Promise<Uint8Array>,
    private readonly postings: (place: number) => Promise<ReadonlyMap<string, Stem>>,
  ) {}

  /** How many documents each kind has. */
  get kinds(): readonly (readonly [kind: string, count: number])[] {
    return this.header.kinds;
  }

  /** The facets there are; on a larger site without their values. */
  facets(): Promise<readonly Facet[]> {
    this.listed ??= this.payload(0).then((payload) => read(payload, this.header.digests.f).map(facetOf));
    this.listed.catch(() => (this.listed = undefined));
    return this.listed;
  }

  /** The values of a facet, the commonest first. */
  async values(facet: Facet): Promise<readonly Value[]> {
    if (!facet.digest) return facet.values;
    return read(await this.payload(nameOf(facet.id)), facet.digest).map(valueFrom);
  }

  /** The documents that have one of these values; none have one that is unknown. */
  async having(facet: string, values: readonly string[]): Promise<Documents> {
    if (facet === KIND) return new Set(values.flatMap((value) => this.ranges().get(value) ?? []));
    if (!this.header.weights.includes(FACETS)) return new Set();
    const keys = values.map((value) => keyOf(facet, value));
    const shards = await Promise.all(keys.map((key) => this.postings(shardOf(this.header.postings, key))));
    return new Set(keys.flatMap((key, place) => documentsOf(shards[place]?.get(key))));
  }

  /** Value → the documents that have it, of all values of a facet. */
  async members(facet: string): Promise<Members> {
    if (facet === KIND) return this.ranges();
    const beginning = beginningOf(facet);
    const firsts = this.header.postings;
    if (!this.header.weights.includes(FACETS)) return new Map();
    const places = [shardOf(firsts, beginning)];
    for (let place = (places[0] ?? 0) + 1; firsts[place]?.startsWith(beginning); place++) places.push(place);
    const shards = await Promise.all(places.map((place) => this.postings(place)));
    const found = shards.flatMap((shard) => [...shard].filter(([key]) => key.startsWith(beginning)));
    return new Map(found.map(([key, stem]) => [valueOf(key), documentsOf(stem)]));
  }

  private ranges(): Members {
    let start = 0;
    return new Map(this.header.kinds.map(([kind, count]) => [kind, Array.from({ length: count }, () => start++)]));
  }
}

/** Those of `documents` that each of the chosen facets has. */
export function narrowed(documents: Iterable<number>, chosen: readonly Documents[]): Set<number> {
  return new Set([...documents].filter((document) => chosen.every((members) => members.has(document))));
}

/** Of each value how many there would be if it were chosen too; no zeros. */
export function counted(
  documents: Documents,
  chosen: ReadonlyMap<string, Documents>,
  facet: string,
  values: Members,
): Map<string, number> {
  const others = [...chosen].filter(([other]) => other !== facet).map(([, members]) => members);
  const left = narrowed(documents, others);
  const counts = [...values].map(([value, members]) => [value, members.filter((one) => left.has(one)).length] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}

function documentsOf(stem: Stem | undefined): number[] {
  return [...(stem?.values() ?? [])].flatMap((postings) => postings.map((posting) => posting.document));
}

/** What a shard of facets tells, if it is the one that is meant. */
function read(payload: Uint8Array, digest: string): readonly unknown[] {
  const data = new Bytes(payload);
  if (data.digest() !== digest) throw new Unreadable("mismatch");
  try {
    const told: unknown = JSON.parse(utf8.decode(data.rest()));
    if (Array.isArray(told)) return told;
  } catch (reason) {
    // below
  }
  throw new Unreadable("damaged");
}

function facetOf(told: unknown): Facet {
  const [id, label, wide, kinds, last] = Array.isArray(told) ? (told as unknown[]) : [];
  return {
    id: String(id),
    label: String(label),
    wide: Boolean(wide),
    kinds: Array.isArray(kinds) ? kinds.map(String) : [],
    digest: typeof last === "string" ? last : "",
    values: Array.isArray(last) ? last.map(valueFrom) : [],
  };
}

function valueFrom(told: unknown): Value {
  const [id, label, count] = Array.isArray(told) ? (told as unknown[]) : [];
  return { id: String(id), label: String(label), count: Number(count) };
}

