import path from 'node:path';
import type { Preset } from '../engine/active.ts';
import matchesSchema from '../generated/config.js';
import type { Rule } from '../rule.ts';
import type { Located, LocatedScalar } from '../source/located.ts';
import { over, type Clients, type Config, type Overrides } from './config.ts';
import type { Files } from './files.ts';
import type { Io } from './io.ts';
import { mistakesOf, type Mistake } from './mistakes.ts';
import { matcher, patternMistakes, type Matcher } from './patterns.ts';
import { placeFrom } from './place.ts';
import { readConfig } from './read-config.ts';
import { ruleMistakes } from './rule-settings.ts';
import { extended } from './extended.ts';

/** What loading a config needs. */
export interface Loading {
  readonly cwd: string;
  readonly io: Io;
  readonly files: Files;
  readonly rules: readonly Rule[];
}

/** A config, or all that is wrong with it and with those that it extends, a sentence each. */
export type LoadedConfig = { readonly config: Config } | { readonly mistakes: readonly [string, ...string[]] };

/** A config that says this, once it has been validated. */
interface Raw {
  readonly preset?: Preset;
  readonly rules?: Overrides;
  readonly ignore?: readonly string[];
  readonly overrides?: readonly { readonly files: readonly string[]; readonly rules: Overrides }[];
  readonly stages?: readonly string[];
  readonly handlers?: Config['handlers'];
  readonly clients?: Clients;
}

/** A file of those that make a config. */
interface Part {
  readonly path: string;
  readonly raw: Raw;
  readonly params: Readonly<Record<string, string>>;
}

/** Reads, checks and joins a config and those that it extends. Nothing of it is executed. Never throws. */
export function loadConfig(at: string, loading: Loading): LoadedConfig {
  const { cwd, io, files } = loading;
  const mistakes: string[] = [];
  const parts: Part[] = [];
  for (const { written, wrong } of extended(readConfig(at, files, cwd), { io, read: (file) => readConfig(file, files, cwd) })) {
    mistakes.push(...written.mistakes);
    const { root } = written;
    const all = root ? [...wrong, ...checked(root, loading)].toSorted((a, b) => a.at.start - b.at.start) : wrong;
    mistakes.push(...all.map((mistake) => `${placeFrom(cwd, mistake.at)}: ${mistake.text}`));
    if (all.length === 0) parts.push({ path: written.path, raw: (root ? plain(root) : {}) as Raw, params: paramsOf(root) });
  }
  const [first, ...others] = mistakes;
  return first === undefined ? { config: joined(parts) } : { mistakes: [first, ...others] };
}

function checked(root: Located, { rules }: Loading): Mistake[] {
  matchesSchema(plain(root));
  return [...mistakesOf(root, matchesSchema.errors ?? []), ...ruleMistakes(root, rules), ...patternMistakes(root), ...pluginMistakes(root)];
}

function* pluginMistakes(root: Located): Iterable<Mistake> {
  const plugins = root.kind === 'map' ? root.entries.get('plugins') : undefined;
  if (plugins?.value.kind === 'list' && plugins.value.items.length > 0)
    yield { at: plugins.key, text: 'this version of cors-lint does not load plugins: take `plugins` out' };
}

/** The values alone, as the validator takes them. Without a prototype, so that no key is special. */
function plain(node: Located): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plain);
    case 'map': {
      const object = Object.create(null) as Record<string, unknown>;
      for (const [key, { value }] of node.entries) object[key] = plain(value);
      return object;
    }
  }
}

/** As on the command line, a parameter is the text that was written: 0123 is no number. */
function paramsOf(root: Located | undefined): Readonly<Record<string, string>> {
  const params = root?.kind === 'map' ? root.entries.get('params')?.value : undefined;
  if (params?.kind !== 'map') return {};
  return Object.fromEntries([...params.entries].flatMap(([name, { value }]) => (value.kind === 'scalar' ? [[name, textOf(value)]] : [])));
}

const textOf = ({ value, source }: LocatedScalar): string => (typeof value === 'string' ? value : source);

/** From the file that all others build on to the one that was asked for: the later wins. */
function joined(parts: readonly Part[]): Config {
  const last = <K extends keyof Raw>(key: K): Raw[K] | undefined => parts.findLast(({ raw }) => raw[key] !== undefined)?.raw[key];
  const rules = parts.reduce<Overrides>((all, { raw }) => over(all, raw.rules ?? {}), {});
  const overrides = parts.flatMap(({ path: file, raw }) =>
    (raw.overrides ?? []).map((one) => ({ matches: matcher(path.dirname(file), one.files), rules: one.rules })),
  );
  const ignored = parts.map(({ path: file, raw }): Matcher => matcher(path.dirname(file), raw.ignore ?? []));
  const clients = Object.assign({}, ...parts.map(({ raw }) => raw.clients)) as Clients;
  return {
    files: parts.map((part) => part.path).toReversed(),
    preset: last('preset'),
    stages: last('stages') ?? [],
    params: Object.assign({}, ...parts.map(({ params }) => params)) as Config['params'],
    handlers: last('handlers'),
    clients: Object.keys(clients).length > 0 ? clients : undefined,
    ignores: (file) => ignored.some((matches) => matches(file)),
    rulesFor: (file, part = file) =>
      overrides.reduce<Overrides>((all, one) => (one.matches(file) || one.matches(part) ? over(all, one.rules) : all), rules),
  };
}
