import { entriesOf, get, textOf, type Tree, type TreeEntry } from '../../value/tree.ts';
import { known, type Value } from '../../value/value.ts';
import type { CorsHeaders, Response } from '../../model/api.ts';
import { listFrom, originFrom, textFrom } from './mapping.ts';
import { absent, both, distribute, isGiven, isNever, standsHere, verdictOf } from './worlds.ts';

/** The answers of an HTTP API's integration whose headers its parameter mappings change, by status; values are plain, without quotes. */
export const mappedAnswers = (responseParameters: Tree, present: Value<boolean>): readonly Response[] =>
  [...entriesOf(responseParameters)].flatMap(([status, { key, value }]): Response[] => {
    const there = both(present, standsHere(value));
    if (isNever(there)) return [];
    const set = mappingsIn(value);
    return [
      {
        at: key,
        exists: verdictOf(there),
        status: known(status, { kind: 'literal', at: key }),
        pattern: textOf(absent(value.from)),
        headers: plainHeaders((name) => headerSet(set, name), value),
        mappings: [],
      },
    ];
  });

/** `{destination: source}`, as OpenAPI writes it; CloudFormation has a list of both (`{ResponseParameters: [{Destination, Source}]}`). */
export function mappingsIn(tree: Tree): Tree {
  const list = get(tree, 'ResponseParameters');
  if (list.kind !== 'list') return tree;
  return distribute<readonly Tree[]>(list.items, tree.from, (...items) => {
    const entries = items.flatMap((item): (readonly [string, TreeEntry])[] => {
      const destination = get(item, 'Destination');
      return destination.kind === 'scalar' ? [[String(destination.value), { key: destination.from.at, value: get(item, 'Source') }]] : [];
    });
    return { kind: 'map', entries: new Map(entries), from: tree.from };
  });
}

/** `overwrite:header.X` and `append:header.X`; `remove:header.X` sets nothing. */
export const SETS = /^(?:overwrite|append):header\.(.+)$/i;

const headerSet = (mappings: Tree, name: string): Tree =>
  [...entriesOf(mappings)].findLast(([destination]) => SETS.exec(destination)?.[1]?.toLowerCase() === name)?.[1].value ??
  absent(mappings.from);

/** CORS headers of which the values stand as they are sent. */
export function plainHeaders(valueOf: (name: string) => Tree, { from }: Tree): CorsHeaders {
  const header = (name: string): Tree => {
    const value = valueOf(name);
    return value.kind === 'choice' || isGiven(value) ? value : absent(from);
  };
  return {
    origin: originFrom(header('access-control-allow-origin'), 'plain'),
    credentials: textFrom(header('access-control-allow-credentials'), 'plain'),
    methods: listFrom(header('access-control-allow-methods'), 'plain'),
    headers: listFrom(header('access-control-allow-headers'), 'plain'),
    expose: listFrom(header('access-control-expose-headers'), 'plain'),
    maxAge: textFrom(header('access-control-max-age'), 'plain'),
    vary: listFrom(header('vary'), 'plain'),
  };
}
