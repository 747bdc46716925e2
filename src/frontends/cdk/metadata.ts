import type { Located } from '../../source/located.ts';
import { entriesIn, itemsIn, member, textOf } from './json.ts';
import { ancestorsOf } from './paths.ts';

/** What an assembly says of the constructs of a stack, nested stacks included. Paths are without the leading slash. */
export interface Metadata {
  readonly ids: readonly ConstructId[];
  /** Construct paths of the nested stacks: ids below them are other templates'. */
  readonly nested: ReadonlySet<string>;
  /** The construct path of the stack whose template a file holds (from 2.274 on). */
  readonly templates: ReadonlyMap<string, string>;
  /** The frames of the stack in which a construct was made, innermost first (from 2.251 on; before, in debug mode). */
  readonly traces: ReadonlyMap<string, readonly string[]>;
}

export interface ConstructId {
  readonly path: string;
  readonly id: string;
}

/** Longer than any that deploys: a logical id takes 255 characters of it. */
const MAX_PATH = 4096;
/** Node keeps ten, unless it is told to keep more. */
const MAX_FRAMES = 100;

const NESTED = /^(.*)\.NestedStack\/[^/]+\.NestedStackResource$/;

/** The construct path of a nested stack, from that of the resource that deploys it. */
export const nestedPath = (path: string): string | undefined => NESTED.exec(path)?.[1];

/** Reads the metadata as they stand in the manifest or in a file of their own: a list of entries for each construct path. */
export function readMetadata(...sources: readonly (Located | undefined)[]): Metadata {
  const ids: ConstructId[] = [];
  const nested = new Set<string>();
  const templates = new Map<string, string>();
  const traces = new Map<string, readonly string[]>();
  for (const [key, { value }] of sources.flatMap((source) => [...entriesIn(source)])) {
    const path = key.replace(/^\//, '');
    if (path === '' || path.length > MAX_PATH) continue;
    const around = nestedPath(path);
    if (around !== undefined) nested.add(around);
    for (const entry of itemsIn(value)) {
      const [type, data] = [textOf(member(entry, 'type')), member(entry, 'data')];
      const text = textOf(data);
      if (type === 'aws:cdk:logicalId' && text !== undefined) ids.push({ path, id: text });
      if (type === 'aws:cdk:templateFile' && text !== undefined) {
        templates.set(text, path);
        nested.add(path);
      }
      const frames = itemsIn(type === 'aws:cdk:creationStack' ? data : type === 'aws:cdk:logicalId' ? member(entry, 'trace') : undefined);
      if (frames.length > 0)
        traces.set(
          path,
          frames.slice(0, MAX_FRAMES).flatMap((frame) => textOf(frame) ?? []),
        );
    }
  }
  return { ids, nested, templates, traces };
}

/** The constructs of one template, by logical id: those below its stack's path that no nested stack holds. */
export function idsOf({ ids, nested }: Pick<Metadata, 'ids' | 'nested'>, stack: string): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const { path, id } of ids) {
    if (!path.startsWith(`${stack}/`) || own.has(id)) continue;
    const isInner = [...ancestorsOf(path)].some((around) => around.length > stack.length && nested.has(around));
    if (!isInner) own.set(id, path);
  }
  return own;
}

/** More constructs than any app has; what comes after them stays unnamed. */
const MAX_CONSTRUCTS = 200_000;

/** The same of a tree.json, which has logical ids from 2.251 on: for assemblies that leave them out of the metadata. */
export function readTree(root: Located): Pick<Metadata, 'ids' | 'nested'> {
  const ids: ConstructId[] = [];
  const nested = new Set<string>();
  const stack = [member(root, 'tree')];
  for (let met = 0; stack.length > 0 && met < MAX_CONSTRUCTS; met += 1) {
    const node = stack.pop();
    const path = textOf(member(node, 'path'));
    const id = textOf(member(node, 'attributes', 'aws:cdk:cloudformation:logicalId'));
    if (path !== undefined && path.length <= MAX_PATH) {
      const around = nestedPath(path);
      if (around !== undefined) nested.add(around);
      if (id !== undefined) ids.push({ path, id });
    }
    for (const { value } of entriesIn(member(node, 'children')).values()) stack.push(value);
  }
  return { ids, nested };
}
