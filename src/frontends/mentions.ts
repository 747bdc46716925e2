import type { Mention } from '../model/written.ts';
import type { Tree } from '../value/tree.ts';
import { siteOf, type Provenance } from '../value/value.ts';

/** A mention before it is known where it stands and when. */
export type Found = Pick<Mention, 'at' | 'form' | 'apiId' | 'account'>;

/** Region, account and API id of an execute-api ARN (reference D8); `${…}` of Fn::Sub is one piece. */
const ARN = /execute-api:(?:\$\{[^}]{1,100}\}|[^:\s]){0,100}:((?:\$\{[^}]{1,100}\}|[^:\s]){0,100}):([a-z0-9]{10})(?=\/|$)/g;
const URL = /(?<![\w-])([a-z0-9]{10})\.execute-api\./g;

/** Stands for what is not literal text. */
const HOLE = '\u0000';

/** Every literal API id in the strings of a tree, Fn::Join put together. */
export function mentionsIn(tree: Tree): readonly Found[] {
  const found: Found[] = [];
  gather(tree, new Set(), found);
  return found;
}

function gather(tree: Tree, seen: Set<Tree>, found: Found[]): void {
  // An alias is its anchor's tree: a few of them must not make millions of nodes.
  if (seen.has(tree)) return;
  seen.add(tree);
  if (tree.kind === 'scalar' && typeof tree.value === 'string' && !tree.secret) found.push(...inText(tree.value, tree.from));
  if (tree.kind === 'list') for (const item of tree.items) gather(item, seen, found);
  if (tree.kind !== 'map') return;
  for (const [name, { value }] of tree.entries) {
    const joined = name === 'Fn::Join' ? joinedText(value) : undefined;
    if (joined === undefined) gather(value, seen, found);
    else found.push(...inText(joined, value.from));
  }
}

const inText = (text: string, from: Provenance): Iterable<Found> => (text.includes('execute-api') ? idsIn(text, from) : []);

function* idsIn(text: string, from: Provenance): Iterable<Found> {
  const at = siteOf(from);
  for (const [, account = '', apiId = ''] of text.matchAll(ARN))
    yield { at, form: 'arn', apiId, account: /^\d{12}$/.test(account) ? account : undefined };
  for (const [, apiId = ''] of text.matchAll(URL)) yield { at, form: 'url', apiId, account: undefined };
}

function joinedText(tree: Tree): string | undefined {
  const [separator, parts] = tree.kind === 'list' ? tree.items : [];
  if (separator?.kind !== 'scalar' || parts?.kind !== 'list') return undefined;
  return parts.items.map((part) => (part.kind === 'scalar' ? String(part.value) : HOLE)).join(String(separator.value));
}
