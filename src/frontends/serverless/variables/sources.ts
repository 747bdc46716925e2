import type { Unresolved } from '../../../model/written.ts';
import type { Located } from '../../../source/located.ts';
import type { Tree } from '../../../value/tree.ts';
import type { Question } from '../../../value/value.ts';
import type { Document, LiftContext } from '../../frontend.ts';
import type { Resolver } from './resolver.ts';
import type { Source, Template } from './syntax.ts';

/** What the sources may ask. */
export interface Asking {
  readonly document: Document;
  readonly context: LiftContext;
  /** The stage that is deployed; undefined where even that is not known. */
  readonly stage: string | undefined;
  /** `--stage` is given: `${opt:stage}` has a value, while `${self:provider.stage}` never follows it (var-032). */
  readonly stageGiven: boolean;
  /** What versions 1 and 2 fill in for `self:provider.stage` and the like where the file does not say. */
  readonly standard?: ReadonlyMap<string, string>;
  /** Told of each key that is looked up in a map of these keys; used to find out which stages a file knows. */
  readonly probe?: (keys: Iterable<string>, key: string, leads: (other: string) => boolean) => void;
}

export type Answer =
  | { readonly kind: 'value'; readonly tree: Tree }
  /** No value, so the next fallback is asked. Without one, `missing` says what is reported, if anything. */
  | { readonly kind: 'none'; readonly missing?: Unresolved['missing']; readonly text: string }
  /** It depends on the environment, and there is a fallback. */
  | { readonly kind: 'if-set'; readonly on: Question; readonly set: Tree };

type OfSource = Extract<Source, { kind: 'source' }>;

/** Asks one source. What needs AWS, a plugin or code that runs is unknown, with the reason. */
export function source(resolver: Resolver, one: OfSource, node: Located, hasFallback: boolean): Answer {
  if (one.name === 'nested') return value(resolver.compose(one.params[0] ?? [], node));
  const address = one.address ? resolver.compose(one.address, node) : undefined;
  if (address && address.kind !== 'scalar') return unknown(address.kind === 'unknown' ? address.why : 'it hangs on another value', node);
  const name = address ? String(address.value) : '';
  switch (one.name) {
    case 'self':
      return self(resolver, name, node);
    case 'opt':
      return opt(resolver.asking, name, node);
    case 'sls':
      return name === 'stage' ? stage(resolver.asking, node) : unknown(`\`sls:${name}\` is made at each deploy`, node);
    case 'param':
      return param(resolver, name, node);
    case 'env':
      return env(resolver.asking, name, node, hasFallback);
    case 'file':
      return file(resolver, one.params[0], name, node);
    case 'strToBool':
      return strToBool(resolver, one.params[0], node);
    default:
      return unknown(REASONS.get(one.name) ?? `only the source \`${one.name}\` knows it`, node);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ssm', 'it is read from the AWS Parameter Store at deploy time'],
  ['s3', 'it is read from an S3 bucket at deploy time'],
  ['cf', 'it is an output of another CloudFormation stack'],
  ['aws', 'it depends on the AWS account that deploys'],
]);

const value = (tree: Tree): Answer => ({ kind: 'value', tree });

const unknown = (why: string, node: Located): Answer => value({ kind: 'unknown', why, from: { kind: 'literal', at: node.at } });

const isMissing = (tree: Tree | undefined): boolean => !tree || tree.kind === 'absent' || (tree.kind === 'scalar' && tree.value === null);

function self(resolver: Resolver, address: string, node: Located): Answer {
  const tree = resolver.lookup(resolver.asking.document.root, address === '' ? [] : address.split('.'));
  if (tree && !isMissing(tree)) return value(tree);
  const standard = resolver.asking.standard?.get(address);
  return standard !== undefined
    ? value({ kind: 'scalar', value: standard, from: { kind: 'literal', at: node.at } })
    : { kind: 'none', missing: 'value', text: `there is no \`${address}\` in this configuration` };
}

/** Options of the command line: the stage alone is known here. Without a fallback the others must be given. */
function opt(asking: Asking, name: string, node: Located): Answer {
  if (name === 'stage' && asking.stageGiven) return stage(asking, node);
  return { kind: 'none', text: `\`--${name}\` is not given` };
}

function stage({ stage: label }: Asking, node: Located): Answer {
  if (label === undefined) return unknown('the stage is chosen at deploy time', node);
  return value({ kind: 'scalar', value: label, from: { kind: 'literal', at: node.at } });
}

/** --param, then params.<stage>, then (version 4) stages.<stage>.params, then those of `default`. */
function param(resolver: Resolver, name: string, node: Located): Answer {
  const { context, document, stage: label } = resolver.asking;
  const given = Object.hasOwn(context.settings.params, name) ? context.settings.params[name] : undefined;
  if (given !== undefined) return value({ kind: 'scalar', value: given, from: { kind: 'literal', at: node.at } });
  const open = context.settings.openParams?.get(name);
  if (open !== undefined) return unknown(open, node);
  for (const group of label === undefined || label === 'default' ? ['default'] : [label, 'default']) {
    for (const path of [
      ['params', group, name],
      ['stages', group, 'params', name],
    ]) {
      const tree = resolver.lookup(document.root, path);
      if (tree && !isMissing(tree)) return value(tree);
    }
  }
  return {
    kind: 'none',
    missing: 'value',
    text: `there is no param \`${name}\`${label === undefined ? '' : ` for the stage "${label}"`} in this configuration`,
  };
}

function env(asking: Asking, name: string, node: Located, hasFallback: boolean): Answer {
  const { env: variables } = asking.context.settings;
  const from = { kind: 'literal', at: node.at } as const;
  if (variables) {
    const set = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return set === undefined
      ? { kind: 'none', text: `the environment variable ${name} is not set` }
      : value({ kind: 'scalar', value: set, secret: true, from });
  }
  const hidden: Tree = { kind: 'unknown', why: `it is the environment variable ${name}`, secret: true, from };
  if (!hasFallback) return value(hidden);
  return { kind: 'if-set', on: { key: `env:${name}`, name: `env:${name}`, labels: ['set', 'not set'] }, set: hidden };
}

/** YAML and JSON inside the repository; `.js` and `.ts` would have to be run. Other files are their text, final newline included (var-024). */
function file(resolver: Resolver, path: Template | undefined, address: string, node: Located): Answer {
  const name = path ? resolver.compose(path, node) : undefined;
  if (name?.kind !== 'scalar') return unknown(name?.kind === 'unknown' ? name.why : 'the name of the file is not known', node);
  const written = String(name.value);
  const loaded = resolver.asking.context.load(written);
  if (loaded.kind === 'closed') return unknown(loaded.why, node);
  if (loaded.kind === 'missing') {
    // A file for each stage: that the one of a stage nobody asked for is missing says nothing.
    const perStage = path?.some((piece) => typeof piece !== 'string') === true && !resolver.asking.stageGiven;
    return { kind: 'none', ...(!perStage && { missing: 'file' as const }), text: `there is no file "${written}"` };
  }
  const { document } = loaded;
  if (!/\.(ya?ml|json|tfstate)$/.test(written)) {
    return address === ''
      ? value({ kind: 'scalar', value: document.file.text, from: { kind: 'literal', at: document.root.at } })
      : unknown(`"${written}" is neither YAML nor JSON`, node);
  }
  const tree = resolver.lookup(document.root, address === '' ? [] : address.split('.'));
  return tree && !isMissing(tree)
    ? value(tree)
    : { kind: 'none', missing: 'value', text: address === '' ? `"${written}" is empty` : `there is no \`${address}\` in "${written}"` };
}

function strToBool(resolver: Resolver, param0: Template | undefined, node: Located): Answer {
  const given = param0 ? resolver.compose(param0, node) : undefined;
  if (given?.kind !== 'scalar') return unknown(given?.kind === 'unknown' ? given.why : 'it is no single value', node);
  const word = String(given.value).trim().toLowerCase();
  if (!['true', '1', 'false', '0'].includes(word)) return unknown(`\`strToBool\` does not take "${word}"`, node);
  return value({ kind: 'scalar', value: word === 'true' || word === '1', from: given.from });
}
