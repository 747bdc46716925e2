import type { Location } from '../../../source/location.ts';
import { get, partsOf, type Part, type Tree } from '../../../value/tree.ts';
import { HTTP_EVENT, readCors, type Telling } from '../cors-block.ts';
import type { Said } from '../../said.ts';
import type { Service, ServiceEvent } from '../service.ts';
import { asText, scalar } from '../../trees.ts';
import { isGiven, slice } from '../shape.ts';
import type { Item } from './cors-config.ts';

/** An `http` event, in whichever form it was written. */
export interface HttpEvent {
  readonly fn: string;
  /** The key `http`. */
  readonly at: Location;
  /** '' for the root; what is not known of it stands for itself. */
  readonly path: string;
  readonly segments: readonly { readonly path: string; readonly part: Item }[];
  /** Upper case. */
  readonly method: Item;
  /** The map of settings; absent for the short form. */
  readonly tree: Tree;
  readonly cors: Tree;
  readonly corsAt: Location;
}

/** All `http` events that become endpoints, in file order. */
export function httpEvents(service: Service, say: (said: Said) => void): readonly HttpEvent[] {
  return service.functions.flatMap((fn) =>
    fn.events.filter(({ kind }) => kind === 'http').flatMap((event) => readEvent(fn.name, event, { say, outcome: service.outcome }) ?? []),
  );
}

function readEvent(fn: string, event: ServiceEvent, telling: Telling): HttpEvent | undefined {
  const written = readPlace(event, telling);
  if (!written) return undefined;
  const { path, method, tree } = written;
  const segments = segmentsOf(path);
  const corsEntry = tree.kind === 'map' ? tree.entries.get('cors') : undefined;
  const corsAt = corsEntry?.key ?? event.key;
  return {
    fn,
    at: event.key,
    path: segments.at(-1)?.path ?? '',
    segments,
    method: method.kind === 'scalar' ? { ...method, value: String(method.value).toUpperCase() } : method,
    tree,
    cors: corsEntry ? readCors(corsEntry.value, corsAt, HTTP_EVENT, telling) : get(tree, 'cors'),
    corsAt,
  };
}

/** The path and method of both forms; undefined where the framework makes no endpoint of it. */
function readPlace(event: ServiceEvent, { say, outcome }: Telling): { path: Item; method: Item; tree: Tree } | undefined {
  const { value } = event;
  const absent: Tree = { kind: 'absent', from: value.from };
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const [word = '', path] = value.value.split(' ');
    if (path === undefined) {
      say({
        kind: 'refused',
        fatal: true,
        at: value.from.at,
        text: `\`http: ${value.value}\` names no method and path, so the Serverless Framework stops here and nothing is deployed. Write it like \`http: GET /items\`.`,
      });
      return undefined;
    }
    if (!path.startsWith('/'))
      say({
        kind: 'refused',
        fatal: false,
        at: value.from.at,
        text: `The path in \`http: ${value.value}\` does not begin with "/". ${outcome('deploy it')} Write \`${word} /${path}\`.`,
      });
    return { method: slice(value, 0, word.length), path: slice(value, word.length + 1, word.length + 1 + path.length), tree: absent };
  }
  // `- http:` with its settings in the same column leaves `http` empty: no endpoint (http-067); said with the stray keys.
  if (value.kind !== 'map') return undefined;
  const [path, method] = [get(value, 'path'), get(value, 'method')];
  if (!isGiven(path) || !isGiven(method)) {
    say({
      kind: 'refused',
      fatal: true,
      at: event.key,
      text: `This \`http\` event has no \`${isGiven(path) ? 'method' : 'path'}\`, so the Serverless Framework stops here and nothing is deployed. Give it both a \`path\` and a \`method\`.`,
    });
    return undefined;
  }
  if (asText(method) === '*')
    say({
      kind: 'refused',
      fatal: true,
      at: method.from.at,
      text: 'An `http` event takes no `*` for its method: the framework passes it on as it is, and CloudFormation stops the deploy. Write `any`.',
    });
  if ((asText(path) ?? '').split('').some((character) => character.trim() === ''))
    say({
      kind: 'refused',
      fatal: false,
      at: path.from.at,
      text: `There is a blank in the path "${asText(path) ?? ''}". ${outcome('deploy it')} Take the blank out.`,
    });
  return { path: asItem(path), method: asItem(method), tree: value };
}

const asItem = (tree: Tree): Item =>
  tree.kind === 'scalar' || tree.kind === 'unknown'
    ? tree
    : { kind: 'unknown', why: tree.kind === 'choice' ? `it hangs on ${tree.on.name}` : 'it is no text', from: tree.from };

/** '/users/{id}/' → users, {id}: one leading and one trailing slash do not count. An unknown stretch is part of its segment. */
function segmentsOf(path: Item): HttpEvent['segments'] {
  const segments: Part[][] = [[]];
  for (const part of partsOf(path)) {
    if (!('text' in part)) {
      segments.at(-1)?.push(part);
      continue;
    }
    for (const [i, piece] of part.text.split('/').entries()) {
      if (i > 0) segments.push([]);
      if (piece !== '') segments.at(-1)?.push({ text: piece, from: part.from });
    }
  }
  if (segments[0]?.length === 0) segments.shift();
  if (segments.at(-1)?.length === 0) segments.pop();
  let whole = '';
  return segments.map((parts) => {
    const text = parts.map((part) => ('text' in part ? part.text : writtenAt(part.from.at))).join('');
    whole = whole === '' ? text : `${whole}/${text}`;
    const hole = parts.find((part) => 'hole' in part);
    return {
      path: whole,
      part: hole && 'hole' in hole ? { kind: 'unknown', why: hole.hole, parts, from: path.from } : { ...scalar(text, path.from), parts },
    };
  });
}

const writtenAt = (at: Location): string => at.file.text.slice(at.start, at.end).replaceAll('/', '\u2215');
