import type { CodeHeader } from '../../model/code.ts';
import type { Location } from '../../source/location.ts';
import { known, type Provenance, type Value } from '../../value/value.ts';
import type { Thing } from './things.ts';

/** The headers of an answer. */
export interface Sent {
  /** By lower-case name; a header that is set twice under two spellings is unknown. */
  readonly headers: ReadonlyMap<string, { readonly at: Location; readonly value: Thing }>;
  /** Why it may carry any other. */
  readonly open: string | undefined;
  readonly written: readonly CodeHeader[];
  /** Where it sets headers. */
  readonly at: Location;
}

const LIKE_CORS = /^ac+es+s?[-_ ]?con?trol|(?:^|[-_])allow-?(?:origins?|methods?|headers?|credentials?)$|^vary$|cross-?origin$|^cors/i;

/** What an answer of the proxy's form sends. */
export function headersOf(thing: Thing, at: Location): Sent {
  const headers = new Map<string, { at: Location; value: Thing }>();
  const written: CodeHeader[] = [];
  if (thing.kind !== 'object') return { headers, open: thing.kind === 'opaque' ? thing.why : undefined, written, at };
  let open = thing.open;
  for (const field of ['headers', 'multiValueHeaders']) {
    const held = thing.entries.get(field)?.value;
    if (!held || (held.kind === 'scalar' && (held.value === undefined || held.value === null))) continue;
    if (held.kind !== 'object') {
      open ??= held.kind === 'opaque' ? held.why : 'its headers are worked out in a way that is not followed';
      continue;
    }
    open ??= held.open;
    for (const [name, entry] of held.entries) {
      const value = field === 'headers' ? entry.value : onlyOf(entry.value);
      // JSON has no undefined: the header is not there.
      if (value.kind === 'scalar' && value.value === undefined) continue;
      const lower = name.toLowerCase();
      if (LIKE_CORS.test(name)) written.push({ at: entry.at, name, value: writtenValue(value) });
      headers.set(lower, { at: entry.at, value: headers.has(lower) ? twice(entry.at) : value });
    }
  }
  return { headers, open, written, at: thing.at };
}

const twice = (at: Location): Thing => ({ kind: 'opaque', at, why: 'the code sets it twice', members: new Map() });

/** Of `multiValueHeaders`: a list of one is that one. */
function onlyOf(value: Thing): Thing {
  const [only] = value.kind === 'list' && value.open === undefined && value.items.length === 1 ? value.items : [];
  return only ?? { kind: 'opaque', at: value.at, why: 'it may be sent several times', members: new Map() };
}

/** As the code has it: values that are no strings keep their kind. */
function writtenValue(thing: Thing): Value<unknown> {
  const from = { kind: 'literal', at: thing.at } as const;
  if (thing.kind === 'scalar') return { ...known<unknown>(thing.value, from), ...(thing.secret && { secret: true as const }) };
  if (thing.kind === 'held') return thing.value;
  return unknownOf(thing, from);
}

/** A header's text; undefined where it is not sent. */
export function textValue(thing: Thing): Value<string | undefined> {
  const from = { kind: 'literal', at: thing.at } as const;
  if (thing.kind === 'held') return thing.value;
  if (thing.kind !== 'scalar') return unknownOf(thing, from);
  if (thing.value === null) return { kind: 'unknown', why: 'what becomes of a header that is null is not documented', from };
  const text = thing.value === undefined ? undefined : String(thing.value);
  return { ...known(text, from), ...(thing.secret && { secret: true as const }) };
}

export function unknownOf(
  thing: Thing,
  from: Provenance,
): { readonly kind: 'unknown'; readonly why: string; readonly from: Provenance; readonly pieces?: readonly (string | null)[] } {
  if (thing.kind === 'text') {
    const pieces = thing.parts.map((part) => (typeof part === 'string' ? part : null));
    return { kind: 'unknown', why: 'the code puts it together', from, pieces };
  }
  const why = thing.kind === 'opaque' ? thing.why : thing.kind === 'event' ? 'it is worked out from the event' : 'the code works it out';
  return { kind: 'unknown', why, from };
}
