import type { SchemaError } from '../generated/config.js';
import type { Located, LocatedEntry } from '../source/located.ts';
import type { Location } from '../source/location.ts';
import { nearest } from '../value/nearest.ts';
import { didYouMean } from './misuse.ts';

/** What is wrong at one place of a config file. */
export interface Mistake {
  readonly at: Location;
  /** A sentence without a full stop. */
  readonly text: string;
}

/** The validator's errors in plain words, each where its value stands. */
export function mistakesOf(root: Located, errors: readonly SchemaError[]): Mistake[] {
  const mistakes = errors.flatMap((error) => mistakeOf(root, error) ?? []);
  // A value of a wrong type has none of the right values either.
  return [...new Map(mistakes.map((mistake) => [`${mistake.at.start} ${mistake.text}`, mistake])).values()];
}

function mistakeOf(root: Located, { keyword, instancePath, params, parentSchema }: SchemaError): Mistake | undefined {
  const steps = stepsOf(instancePath);
  const node = nodeAt(root, steps);
  const name = nameOf(steps);
  if (!node) return undefined;
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(node, String(params['additionalProperty']), name, Object.keys(parentSchema['properties'] as object));
    case 'required':
      return { at: node.at, text: `${name} lacks \`${String(params['missingProperty'])}\`` };
    case 'if':
      // Said by the branch that was meant.
      return undefined;
    default: {
      const meant = keyword === 'enum' && node.kind === 'scalar' ? meantBy(String(node.value), params['allowedValues'] as string[]) : '';
      const short = keyword === 'minItems' ? 'an empty list' : keyword === 'maxItems' ? `a list of ${sizeOf(node)}` : shown(node);
      return { at: placeOf(root, steps, node), text: `${name || 'a config'} takes ${String(parentSchema['takes'])}, not ${short}${meant}` };
    }
  }
}

function unknownKey(node: Located, key: string, name: string, known: readonly string[]): Mistake | undefined {
  const entry = entryOf(node, key);
  if (!entry) return undefined;
  const meant =
    didYouMean(key, known) || `; there ${known.length === 1 ? 'is' : 'are'} ${known.filter((one) => one !== '$schema').join(', ')}`;
  return { at: entry.key, text: `there is no setting ${quoted(key)}${name && ` in ${name}`}${meant}` };
}

/** ' (did you mean warning?)': a word cut short is meant too. */
function meantBy(written: string, known: readonly string[]): string {
  const word = written.toLowerCase();
  const meant = (word.length > 2 && known.find((one) => one.startsWith(word))) || nearest(word, known);
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}

/** '/overrides/0/rules' → ['overrides', '0', 'rules']. */
const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const nodeAt = (root: Located, steps: readonly string[]): Located | undefined =>
  steps.reduce<Located | undefined>((node, step) => {
    if (node?.kind === 'list') return node.items[Number(step)];
    return node && entryOf(node, step)?.value;
  }, root);

const entryOf = (node: Located, key: string): LocatedEntry | undefined => (node.kind === 'map' ? node.entries.get(key) : undefined);

/** Of a key with nothing behind it, the key. */
function placeOf(root: Located, steps: readonly string[], node: Located): Location {
  if (node.at.end > node.at.start) return node.at;
  const above = nodeAt(root, steps.slice(0, -1));
  return (above && entryOf(above, steps.at(-1) ?? '')?.key) ?? node.at;
}

/** '`overrides[0].rules`'; empty for the whole. */
function nameOf(steps: readonly string[]): string {
  if (steps.length === 0) return '';
  return quoted(steps.map((step, i) => (/^\d+$/.test(step) ? `[${step}]` : i === 0 ? step : `.${step}`)).join(''));
}

const sizeOf = (node: Located): number => (node.kind === 'list' ? node.items.length : 0);

/** So much of what was written is quoted. */
const MOST = 60;

/** What was written, as a noun phrase. */
export function shown(node: Located): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return node.items.length > 0 ? 'a list' : 'an empty list';
  if (node.value === null) return 'nothing';
  const text = typeof node.value === 'string' ? JSON.stringify(node.value) : node.source;
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

export const quoted = (text: string): string => `\`${text.length > MOST ? `${text.slice(0, MOST)}…` : text}\``;
