import path from 'node:path';
import type { Located, LocatedMap } from '../source/located.ts';
import { SERVERLESS_NAMES, type Candidate } from './discover.ts';
import type { Files } from './files.ts';
import type { Io } from './io.ts';
import { inFolder, parentOf } from './place.ts';
import { isInside, rootOf } from './root.ts';

/** What a compose file is called that is read; one in code would have to be run. */
const NAMES = ['serverless-compose.yml', 'serverless-compose.yaml', 'serverless-compose.json'];

export const isCompose = (file: string): boolean => NAMES.includes(path.basename(file));

/** Parameters that a compose file hands to a service: as they are, or why they are not known. */
export interface Handed {
  readonly params: Readonly<Record<string, string>>;
  readonly openParams: ReadonlyMap<string, string>;
}

interface Service {
  /** The folder, as written. */
  readonly written: string;
  /** The folder, absolute. */
  readonly folder: string;
  /** The name of its configuration, where it is not the usual one. */
  readonly config: string | undefined;
  readonly params: Located | undefined;
}

/** The services of a compose file: `services: { orders: { path: services/orders, config: …, params: … } }`. */
function servicesOf(file: string, files: Files): readonly Service[] {
  const opened = files.open(file);
  if (opened.failure !== undefined) return [];
  const services = entry(files.document(opened.file).root, 'services');
  if (services?.kind !== 'map') return [];
  return [...services.entries.values()].flatMap(({ value }) => {
    const folder = textIn(entry(value, 'path'));
    if (folder === undefined) return [];
    const [config, params] = [textIn(entry(value, 'config')), entry(value, 'params')];
    return [{ written: folder, folder: path.resolve(path.dirname(file), folder), config, params }];
  });
}

const entry = (node: Located, name: string): Located | undefined => (node.kind === 'map' ? node.entries.get(name)?.value : undefined);

const textIn = (node: Located | undefined): string | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;

/** With the configurations of the services in place of compose files that were named; what lies outside the repository is left out. */
export function withServices(candidates: readonly Candidate[], files: Files, io: Io): readonly Candidate[] {
  const all = new Map(candidates.map((one) => [one.path, one]));
  for (const { candidate, found } of servicesIn(candidates, files, io)) {
    if (found !== undefined && !all.has(found)) all.set(found, { ...candidate, path: found });
  }
  return [...all.values()];
}

/** What is to be said of services of compose files that were named: those that are not there were not linted. */
export function* missingServices(candidates: readonly Candidate[], files: Files, io: Io): Iterable<string> {
  for (const { candidate, written, config, found } of servicesIn(candidates, files, io)) {
    if (found === undefined)
      yield `a service of ${candidate.arguments[0]} was not checked: no ${config ?? 'serverless.yml'} is found in ${written}, or it lies outside the repository`;
  }
}

/** The services of the compose files that were named, and the file of each that is linted. */
function* servicesIn(
  candidates: readonly Candidate[],
  files: Files,
  io: Io,
): Iterable<Service & { readonly candidate: Candidate; readonly found: string | undefined }> {
  for (const candidate of candidates.filter((one) => one.named && isCompose(one.path))) {
    const root = rootOf(path.dirname(candidate.path), io).folder;
    for (const service of servicesOf(candidate.path, files)) {
      const names = service.config === undefined ? SERVERLESS_NAMES : [service.config];
      const found = names.map((name) => path.join(service.folder, name)).find((at) => isInside(root, at) && io.stat(at) === 'file');
      yield { ...service, candidate, found };
    }
  }
}

/** What the compose file of its repository hands to a service; undefined where there is none, or it does not know the service. */
export function handedTo(file: string, files: Files, io: Io): Handed | undefined {
  const folder = path.dirname(file);
  const root = rootOf(folder, io).folder;
  for (let at = folder; isInside(root, at); at = parentOf(at)) {
    for (const name of NAMES) {
      const compose = inFolder(at, name);
      if (io.stat(compose) !== 'file') continue;
      const service = servicesOf(compose, files).find(
        (one) => one.folder === folder && (one.config === undefined || one.config === path.basename(file)),
      );
      if (service) return handed(service.params);
    }
    if (at === parentOf(at)) return undefined;
  }
  return undefined;
}

function handed(params: Located | undefined): Handed {
  const known: [string, string][] = [];
  const open = new Map<string, string>();
  for (const [name, { value }] of params?.kind === 'map' ? (params satisfies LocatedMap).entries : []) {
    const text = value.kind === 'scalar' ? String(value.value ?? '') : '';
    const output = /\$\{\s*([\w-]+)\./.exec(text)?.[1];
    if (output !== undefined) open.set(name, `it is an output of the service "${output}", known when that is deployed`);
    else if (value.kind !== 'scalar' || text.includes('${')) open.set(name, 'the compose file works it out when it deploys');
    else known.push([name, text]);
  }
  return { params: Object.fromEntries(known), openParams: open };
}
