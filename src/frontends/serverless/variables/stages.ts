import type { Located } from '../../../source/located.ts';
import type { Document, LiftContext } from '../../frontend.ts';
import { mayHoldVariables } from './syntax.ts';
import { Resolver } from './resolver.ts';

/** One stage to be judged. */
export interface Stage {
  readonly name: string;
  /** It is deployed with `--stage`, so `${opt:stage}` has a value. */
  readonly given: boolean;
}

/** Stands for a stage that nobody wrote. */
const ANY_STAGE = '\u0001stage\u0001';
/** More stages than this in one file are not told apart; the first ones are judged. */
const MAX_STAGES = 24;
/** The framework's own, where neither --stage nor provider.stage says another. */
const FALLBACK_STAGE = 'dev';

/**
 * The stages to judge (architecture.md): those of `--stage`; else the keys of `params`, `stages` and of
 * every map that a variable indexes by the stage, less `default`; else the default stage alone.
 */
export function stagesOf(document: Document, context: LiftContext): readonly Stage[] {
  const { stages } = context.settings;
  if (stages.length > 0) return [...new Set(stages)].map((name) => ({ name, given: true }));
  const standard = defaultStage(document, context);
  const named = namedStages(document, context);
  if (named.size === 0) return [{ name: standard, given: false }];
  return [...named].slice(0, MAX_STAGES).map((name) => ({ name, given: name !== standard }));
}

/** The stages that a file tells apart, and the one that it is deployed to by default; none where it tells no stage from another. */
export function toldApart(document: Document, context: LiftContext): readonly string[] {
  const named = namedStages(document, context);
  return named.size === 0 ? [] : [...named.add(defaultStage(document, context))].slice(0, MAX_STAGES);
}

/** What is deployed without `--stage`. */
function defaultStage(document: Document, context: LiftContext): string {
  const resolver = new Resolver({ document, context, stage: undefined, stageGiven: false }, () => undefined);
  let tree = resolver.lookup(document.root, ['provider', 'stage']);
  if (tree?.kind === 'choice') tree = tree.branches.get('not set');
  return tree?.kind === 'scalar' && tree.value !== null ? String(tree.value) : FALLBACK_STAGE;
}

/** Resolves all variables at a stage of no name, and notes which maps are asked for it. */
function namedStages(document: Document, context: LiftContext): Set<string> {
  const stages = new Set<string>();
  const note = (keys: Iterable<string>, key: string, leads: (other: string) => boolean): void => {
    const at = key.indexOf(ANY_STAGE);
    if (at < 0) return;
    const [before, after] = [key.slice(0, at), key.slice(at + ANY_STAGE.length)];
    for (const other of keys) {
      if (other.length <= before.length + after.length || !other.startsWith(before) || !other.endsWith(after)) continue;
      // `custom.${sls:stage}.origin`: what has no `origin` stands beside the stages.
      if (leads(other)) stages.add(other.slice(before.length, other.length - after.length));
    }
  };
  const resolver = new Resolver({ document, context, stage: ANY_STAGE, stageGiven: true, probe: note }, () => undefined);
  for (const name of ['params', 'stages']) {
    const map = resolver.lookup(document.root, [name]);
    if (map?.kind === 'map') for (const key of map.entries.keys()) stages.add(key);
  }
  if (mayHoldVariables(document.file.text)) resolveVariables(document.root, resolver, new Set());
  stages.delete('default');
  return stages;
}

function resolveVariables(node: Located, resolver: Resolver, seen: Set<Located>): void {
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string' && mayHoldVariables(node.value)) resolver.resolve(node);
    return;
  }
  // What stands under an alias is one node.
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') for (const item of node.items) resolveVariables(item, resolver, seen);
  else for (const { value } of node.entries.values()) resolveVariables(value, resolver, seen);
}
