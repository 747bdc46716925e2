import type { Located, LocatedScalar } from '../../source/located.ts';
import type { Location } from '../../source/location.ts';
import type { Scalar, Tree, TreeEntry } from '../../value/tree.ts';
import { longForm } from '../tags.ts';
import { plainScalar } from './yaml11.ts';

/** Deeper than any template; what nests further is not read. */
const MAX_DEPTH = 200;

/** The nodes that were read: an alias is its anchor's tree, so a few aliases of aliases do not make millions of nodes. */
type Read = Map<Located, Tree>;

/**
 * A template as a tree: plain scalars read by YAML 1.1, short tags written in the long form (`!GetAtt A.B` is
 * `{ 'Fn::GetAtt': ['A', 'B'] }`). Nothing is worked out yet.
 */
export const readTemplate = (root: Located): Tree => node(root, 0, new Map());

function node(located: Located, depth: number, read: Read): Tree {
  const before = read.get(located);
  if (before) return before;
  const tree = depth > MAX_DEPTH ? tooDeep(located) : fresh(located, depth, read);
  read.set(located, tree);
  return tree;
}

const tooDeep = ({ at }: Located): Tree => ({ kind: 'unknown', why: 'it is nested too deeply', from: { kind: 'literal', at } });

function fresh(located: Located, depth: number, read: Read): Tree {
  const name = longForm(located.tag);
  if (name === undefined) return untagged(located, depth, read);
  const argument = located.kind === 'scalar' ? written(located) : untagged(located, depth, read);
  const value = name === 'Fn::GetAtt' && argument.kind === 'scalar' ? attribute(String(argument.value), located.at) : argument;
  return { kind: 'map', entries: new Map([[name, { key: located.at, value }]]), from: { kind: 'literal', at: located.at } };
}

function untagged(located: Located, depth: number, read: Read): Tree {
  const from = { kind: 'literal', at: located.at } as const;
  switch (located.kind) {
    case 'scalar':
      return located.tag === undefined && located.plain ? scalar(plainScalar(located), located.at) : tagged(located);
    case 'list':
      return { kind: 'list', items: located.items.map((item) => node(item, depth + 1, read)), from };
    case 'map': {
      const entries = new Map<string, TreeEntry>();
      for (const [key, entry] of located.entries) entries.set(key, { key: entry.key, value: node(entry.value, depth + 1, read) });
      return { kind: 'map', entries, from };
    }
  }
}

const scalar = (value: Scalar, at: Location): Tree => ({ kind: 'scalar', value, from: { kind: 'literal', at } });

/** A quoted scalar is text; `!!str` makes any scalar text; a tag that says nothing to CloudFormation changes nothing. */
const tagged = (located: LocatedScalar): Tree => (located.tag?.endsWith('str') ? written(located) : scalar(located.value, located.at));

/** The text behind a short tag: `!Ref 3000` names "3000". */
const written = (located: LocatedScalar): Tree =>
  scalar(typeof located.value === 'string' ? located.value : located.plain ? located.source.trim() : String(located.value), located.at);

/** `A.B.C` is the attribute `B.C` of `A`. */
export function attribute(text: string, at: Location): Tree {
  const dot = text.indexOf('.');
  const names = dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
  return { kind: 'list', items: names.map((name) => scalar(name, at)), from: { kind: 'literal', at } };
}
