import type { Location } from '../../source/location.ts';
import { nearest } from '../../value/nearest.ts';
import { entriesOf, mapTree, type Tree } from '../../value/tree.ts';
import { list, scalar } from '../trees.ts';
import { isGiven, truthy } from './shape.ts';
import type { Outcome } from './engine.ts';
import type { Said } from '../said.ts';

/** What one key of a `cors` block takes, as in the framework's schema. */
type Kind = 'boolean' | 'text' | 'integer' | 'texts' | 'methods';

/** A place where `cors` may stand, and what the framework takes there. */
export interface CorsPlace {
  /** '`cors` of an `http` event'. */
  readonly name: string;
  readonly keys: Readonly<Record<string, Kind>>;
  readonly leastMaxAge: number;
  readonly leastItems: number;
  readonly mostMethods: number;
}

const MANAGED_KEYS = {
  allowCredentials: 'boolean',
  allowedHeaders: 'texts',
  allowedMethods: 'texts',
  allowedOrigins: 'texts',
  exposedResponseHeaders: 'texts',
  maxAge: 'integer',
} as const;

/** reference/serverless-framework.md §1.1 */
export const HTTP_EVENT: CorsPlace = {
  name: '`cors` of an `http` event',
  keys: {
    origin: 'text',
    origins: 'texts',
    headers: 'texts',
    methods: 'methods',
    allowCredentials: 'boolean',
    maxAge: 'integer',
    cacheControl: 'text',
  },
  leastMaxAge: 1,
  leastItems: 0,
  mostMethods: Number.POSITIVE_INFINITY,
};

/** §1.5 */
export const HTTP_API: CorsPlace = {
  name: '`provider.httpApi.cors`',
  keys: MANAGED_KEYS,
  leastMaxAge: 0,
  leastItems: 0,
  mostMethods: Number.POSITIVE_INFINITY,
};

/** §1.6 */
export const FUNCTION_URL: CorsPlace = {
  name: '`cors` of a function `url`',
  keys: MANAGED_KEYS,
  leastMaxAge: 0,
  leastItems: 1,
  mostMethods: 6,
};

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE', 'ANY'];

/** The same setting under the names of the framework's other places, of SAM and of CloudFormation. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  origin: ['allowOrigin', 'allowedOrigin', 'AllowOrigin'],
  origins: ['allowedOrigins', 'allowOrigins', 'AllowOrigins'],
  headers: ['allowedHeaders', 'allowHeaders', 'AllowHeaders'],
  methods: ['allowedMethods', 'allowMethods', 'AllowMethods'],
  allowedOrigins: ['origin', 'origins', 'allowOrigins', 'allowOrigin', 'AllowOrigins', 'AllowOrigin'],
  allowedHeaders: ['headers', 'allowHeaders', 'AllowHeaders'],
  allowedMethods: ['methods', 'allowMethods', 'AllowMethods'],
  exposedResponseHeaders: ['exposedHeaders', 'exposeHeaders', 'ExposeHeaders'],
  maxAge: ['MaxAge'],
  allowCredentials: ['AllowCredentials', 'credentials'],
};

/** Who is told of a violation, and how its outcome is worded. */
export interface Telling {
  readonly outcome: Outcome;
  readonly say: (said: Said) => void;
}

/** A `cors` value as ajv leaves it (it coerces in place before anything is compiled), and what it complained of. */
export function readCors(cors: Tree, key: Location, place: CorsPlace, telling: Telling): Tree {
  if (cors.kind === 'map') return readBlock(cors, place, telling);
  // What is wrong in some worlds alone (the variable is not set) is not told: nobody knows which of them is met.
  if (cors.kind === 'choice') return mapTree(cors, (arm) => readCors(arm, key, place, { ...telling, say: () => undefined }));
  const coerced = coerceBoolean(cors);
  const isBoolean = coerced.kind === 'scalar' && (typeof coerced.value === 'boolean' || coerced.value === null);
  if (!isGiven(cors) || isBoolean || cors.kind === 'unknown') return coerced;
  const on = truthy(coerced);
  telling.say({
    kind: 'wrong-shape',
    at: cors.from.kind === 'reference' ? key : cors.from.at,
    name: 'cors',
    written: written(cors),
    wanted: 'true, false or a map of settings',
    effect: telling.outcome(on === false ? 'leave CORS off' : 'take it for `true`, which lets every origin in with "*"'),
  });
  return coerced;
}

function readBlock(cors: Extract<Tree, { kind: 'map' }>, place: CorsPlace, telling: Telling): Tree {
  const names = Object.keys(place.keys);
  const entries = [...entriesOf(cors)].map(([name, { key, value }]) => {
    const kind = Object.hasOwn(place.keys, name) ? place.keys[name] : undefined;
    if (kind) return [name, { key, value: readSetting(name, value, kind, place, telling) }] as const;
    telling.say({
      kind: 'property',
      at: key,
      name,
      place: place.name,
      ...meantBy(name, names),
      effect: telling.outcome('leave it out, so what it was to change keeps its default'),
    });
    return [name, { key, value }] as const;
  });
  return { ...cors, entries: new Map(entries) };
}

/** The key that a wrong one stands for: the same setting by another tool's name, or one letter away. */
function meantBy(name: string, names: readonly string[]): { meant?: string } {
  const meant = names.find((other) => ALIASES[other]?.includes(name)) ?? nearest(name, names);
  return meant === undefined ? {} : { meant };
}

/** One setting, coerced; says so where the schema does not take it, and leaves it as it is: that is what version 3 compiles. */
function readSetting(name: string, value: Tree, kind: Kind, place: CorsPlace, telling: Telling): Tree {
  if (!isGiven(value) || value.kind === 'unknown' || value.kind === 'choice') return value;
  const coerced = COERCE[kind](value);
  const wanted = complaint(name, coerced, kind, place);
  if (wanted)
    telling.say({
      kind: 'wrong-shape',
      at: value.from.at,
      name,
      written: written(value),
      wanted,
      effect: effectOf(name, kind, coerced, telling.outcome),
    });
  return coerced;
}

/** What the schema wants instead; undefined where it is content. */
function complaint(name: string, value: Tree, kind: Kind, place: CorsPlace): string | undefined {
  switch (kind) {
    case 'boolean':
      return value.kind === 'scalar' && typeof value.value === 'boolean' ? undefined : 'true or false';
    case 'text':
      return value.kind === 'scalar' && typeof value.value === 'string' ? undefined : 'one text';
    case 'integer':
      return value.kind === 'scalar' && Number.isInteger(value.value) && Number(value.value) >= place.leastMaxAge
        ? undefined
        : `a whole number of seconds, ${place.leastMaxAge} or more`;
    case 'methods':
    case 'texts': {
      if (value.kind !== 'list' || value.items.some((item) => item.kind === 'map' || item.kind === 'list')) return 'a list of texts';
      if (kind === 'methods' && value.items.some((item) => item.kind === 'scalar' && !METHODS.includes(String(item.value))))
        return `upper-case methods out of ${METHODS.join(', ')}`;
      if (value.items.length < place.leastItems) return 'a list that is not empty';
      return name === 'allowedMethods' && value.items.length > place.mostMethods ? `at most ${place.mostMethods} methods` : undefined;
    }
  }
}

function effectOf(name: string, kind: Kind, value: Tree, outcome: Outcome): string {
  if (name === 'origin' && value.kind === 'map')
    return 'No CloudFormation function is taken here: osls 4 stops, and the Serverless Framework crashes.';
  if (name === 'origin' && value.kind === 'list') return outcome('send the list as one origin, which no browser accepts');
  if (kind === 'boolean') return outcome(truthy(value) ? 'turn it on' : 'leave it off');
  if (kind === 'integer') return outcome(truthy(value) ? 'send it as it is' : 'leave it out');
  return outcome('send it as it is');
}

const COERCE: Readonly<Record<Kind, (value: Tree) => Tree>> = {
  boolean: coerceBoolean,
  text: (value) => {
    const [only] = value.kind === 'list' ? value.items : [];
    const one = value.kind === 'list' && value.items.length === 1 && only ? only : value;
    return one.kind === 'scalar' && typeof one.value !== 'string' && one.value !== null ? { ...one, value: String(one.value) } : one;
  },
  integer: (value) =>
    value.kind === 'scalar' && typeof value.value === 'string' && /^[-+]?\d+(\.\d+)?$/.test(value.value)
      ? scalar(Number(value.value), value.from)
      : value,
  texts: asList,
  methods: asList,
};

function asList(value: Tree): Tree {
  return value.kind === 'scalar' ? list([value], value.from) : value;
}

/** 'true', 'false', 1 and 0 become booleans; 'yes', 'no', 'on', 'off' do not (http-057, 061). */
export function coerceBoolean(value: Tree): Tree {
  if (value.kind !== 'scalar') return value;
  if (value.value === 'true' || value.value === 1) return { ...value, value: true };
  if (value.value === 'false' || value.value === 0) return { ...value, value: false };
  return value;
}

/** A noun phrase that quotes the value. */
function written(value: Tree): string {
  if (value.kind === 'map')
    return value.entries.size === 1 && /^(Ref|Fn::|Condition)/.test([...value.entries.keys()][0] ?? '')
      ? 'a CloudFormation function'
      : 'a map';
  if (value.kind === 'list') return writtenList(value.items);
  if (value.kind !== 'scalar') return 'this';
  if (value.secret) return 'this text';
  return typeof value.value === 'string' ? `the text "${value.value}"` : String(value.value);
}

/** A list, by what is wrong in it: an entry that is no text, or text that is no method; else by its length. */
function writtenList(items: readonly Tree[]): string {
  if (items.length === 0) return 'an empty list';
  const odd = items.find(({ kind }) => kind === 'map' || kind === 'list');
  if (odd) return `a list with ${written(odd)} in it`;
  const lower = items.find(
    (item) => item.kind === 'scalar' && METHODS.includes(String(item.value).toUpperCase()) && !METHODS.includes(String(item.value)),
  );
  if (lower?.kind === 'scalar') return `a list with "${lower.value}" in it`;
  return items.length === 1 ? 'a list' : `a list of ${items.length}`;
}
