import { get, partsOf, type Part, type Tree, type TreeScalar, type TreeUnknown } from '../../../value/tree.ts';
import { siteOf, type Provenance } from '../../../value/value.ts';
import { scalar } from '../../trees.ts';
import { isGiven, truthy } from '../shape.ts';

export type Item = TreeScalar | TreeUnknown;
/** Items in order; undefined with a reason where they are not known. */
export type Items = ({ readonly items: readonly Item[] } | { readonly unknown: TreeUnknown }) & { readonly from: Provenance };

/** The `cors` of one event as the framework completes it (validate.js getCors), or the merge of several. */
export interface CorsConfig {
  /** What JavaScript would put into the header: null and undefined as their names. Absent: `undefined`. */
  readonly origin: Tree;
  readonly origins: Items;
  readonly methods: Items;
  readonly headers: Items;
  readonly allowCredentials: Tree;
  readonly maxAge: Tree;
  readonly cacheControl: Tree;
}

export const REST_HEADERS = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amz-User-Agent',
  'X-Amzn-Trace-Id',
];

const absent = (from: Provenance): Tree => ({ kind: 'absent', from });

/** `from`: the framework's own, because of the key `cors`. */
export function corsOf(cors: Tree, method: Item, from: Provenance): CorsConfig {
  const own = [scalar('OPTIONS', from), method];
  const standard = REST_HEADERS.map((name) => scalar(name, from));
  const [origin, origins] = [get(cors, 'origin'), get(cors, 'origins')];
  const headers = get(cors, 'headers');
  const given = itemsOf(get(cors, 'methods'));
  return {
    // An empty list counts as given and takes the default away: 'undefined' (http-013).
    origin: origin.kind !== 'absent' ? origin : truthy(origins) === false ? scalar('*', from) : absent(from),
    origins: itemsOf(origins),
    methods:
      get(cors, 'methods').kind === 'absent'
        ? { items: own, from }
        : 'unknown' in given
          ? given
          : { items: withMissing(given.items, own), from: given.from },
    headers: truthy(headers) === false ? { items: standard, from } : itemsOf(headers),
    allowCredentials: get(cors, 'allowCredentials'),
    maxAge: get(cors, 'maxAge'),
    cacheControl: get(cors, 'cacheControl'),
  };
}

/** One preflight for a path: events in file order, the later wins or comes first (reference §1.1, merge-003 … merge-024). */
export function mergeCors(configs: readonly CorsConfig[]): CorsConfig | undefined {
  return configs.reduce<CorsConfig | undefined>(
    (before, config) =>
      before
        ? {
            origin: config.origin,
            origins: union(config.origins, before.origins),
            methods: union(config.methods, before.methods),
            headers: union(config.headers, before.headers),
            allowCredentials: either(before.allowCredentials, config.allowCredentials),
            maxAge: truthy(config.maxAge) === false ? before.maxAge : config.maxAge,
            cacheControl: truthy(config.cacheControl) === false ? before.cacheControl : config.cacheControl,
          }
        : config,
    undefined,
  );
}

/** The first that is surely truthy, else the first that may be. */
function either(a: Tree, b: Tree): Tree {
  if (truthy(a) === true || truthy(b) === false) return a;
  return truthy(b) === true || truthy(a) === false ? b : a;
}

function itemsOf(tree: Tree): Items {
  const { from } = tree;
  if (tree.kind === 'list') return { items: tree.items.map(itemOf), from };
  if (tree.kind === 'scalar' && tree.value !== null) return { items: [tree], from };
  return tree.kind === 'unknown' ? { unknown: tree, from } : { items: [], from };
}

const itemOf = (tree: Tree): Item =>
  tree.kind === 'scalar' || tree.kind === 'unknown'
    ? tree
    : { kind: 'unknown', why: 'it is a list or a map in the middle of a list', from: tree.from };

function union(later: Items, earlier: Items): Items {
  if ('unknown' in later) return later;
  if ('unknown' in earlier || later.items.length === 0) return earlier;
  return {
    items: withMissing(later.items, earlier.items),
    from: earlier.items.length === 0 ? later.from : bothFrom(later.from, earlier.from),
  };
}

/** The place of a union is the later's; an alias or a variable that both use is one place. */
function bothFrom(later: Provenance, earlier: Provenance): Provenance {
  const [a, b] = [siteOf(later), siteOf(earlier)];
  return a.file === b.file && a.start === b.start && a.end === b.end ? later : { kind: 'merged', at: a, parts: [later, earlier] };
}

/** The first list, and what it lacks of the second; values that are not known are never equal. */
function withMissing(first: readonly Item[], second: readonly Item[]): readonly Item[] {
  const seen = new Set<unknown>();
  return [...first, ...second].filter((item) => {
    if (item.kind === 'unknown') return true;
    if (seen.has(item.value)) return false;
    seen.add(item.value);
    return true;
  });
}

/** What `${value}` makes of it: 'null', 'undefined', a list joined by commas. */
export function asJavaScriptText(tree: Tree): readonly (string | Item)[] {
  if (tree.kind === 'absent') return ['undefined'];
  if (tree.kind === 'list') return commaSeparated(tree.items.map(itemOf));
  if (tree.kind === 'scalar' || tree.kind === 'unknown') return [tree];
  return [{ kind: 'unknown', why: 'the framework stops at it', from: tree.from }];
}

export const commaSeparated = (items: readonly Item[]): readonly (string | Item)[] =>
  items.flatMap((item, i) => (i === 0 ? [item] : [',', item]));

/** `str.replace(/\./g, '[.]').replace('*', '.+')`: only the first star of an entry is a wildcard (http-045). */
export function asPattern(item: Item): Item {
  let star = false;
  const parts = partsOf(item).map((part): Part => {
    if (!('text' in part)) return part;
    let text = part.text.replaceAll('.', '[.]');
    if (!star && text.includes('*')) {
      star = true;
      text = text.replace('*', '.+');
    }
    return { text, from: part.from };
  });
  return item.kind === 'scalar'
    ? { ...item, value: parts.map((part) => ('text' in part ? part.text : '')).join(''), parts }
    : { ...item, parts };
}

/** Whether a header is written at all: an unknown switch leaves the header itself unknown, but for the quotes that the framework writes. */
export function switched(on: Tree, header: (on: Tree) => Item): Item | undefined {
  const state = isGiven(on) ? truthy(on) : false;
  if (state === false) return undefined;
  if (state) return header(on);
  const why = on.kind === 'unknown' ? on.why : 'it may be left out';
  const quote = { text: "'", from: on.from };
  return { kind: 'unknown', why, parts: [quote, { hole: why, from: on.from }, quote], from: on.from };
}
