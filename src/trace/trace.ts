import type { Location } from '../source/location.ts';
import type { Part, WorkedOut } from '../value/tree.ts';
import type { Provenance } from '../value/value.ts';
import { describe } from '../value/verdict.ts';
import { isOn, onLine, over, type Arm, type Found, type Line } from './found.ts';

export type { Line } from './found.ts';

/** So many other places are named. */
const MOST = 12;

/**
 * Where the values on a line come from, in every world, and what becomes of them; lines of text, none if nothing stands there.
 * What came from the environment is never shown. `place` words a location.
 */
export function trace({ written, deployed }: WorkedOut, line: Line, place: (at: Location) => string): readonly string[] {
  const here = onLine(written, line);
  const users = over(written, line).filter(({ at }) => !isOn(at, line));
  const becomes = deployed ? over(deployed, line).filter(isTelling) : [];
  return [
    ...here.flatMap((found) => [`${place(found.at)}  ${found.name}`, ...casesOf(found, place), '']),
    ...section('Used at:', users, ({ at, name }) => [`  ${place(at)}  ${name}`]),
    ...section('Deployed as:', becomes, (found) => [`  ${found.name}`, ...valuesOf(found)]),
  ];
}

/** Of what a framework fills in because of the line, only what browsers meet. */
const isTelling = ({ name, cases }: Found): boolean =>
  cases.some(({ arm }) => filledIn(arm.from) === '') ||
  (/Access-Control|Cors|AuthorizationType|HttpMethod/.test(name) && !name.includes('.MethodResponses['));

function section(title: string, found: readonly Found[], lines: (one: Found) => readonly string[]): readonly string[] {
  if (found.length === 0) return [];
  const more = found.length > MOST ? [`  and ${found.length - MOST} more`] : [];
  return [title, ...found.slice(0, MOST).flatMap(lines), ...more, ''];
}

function* casesOf({ cases }: Found, place: (at: Location) => string): Iterable<string> {
  for (const { worlds, arm } of cases) {
    yield `  ${whenOf(worlds)}${shown(arm)}`;
    // Several pieces of one text come by the same places.
    const way = new Map<string, string>();
    for (const [at, text] of trailOf(arm)) if (!way.has(place(at))) way.set(place(at), text);
    for (const [at, text] of way) yield `      ${at}  ${text}`;
  }
}

const valuesOf = ({ cases }: Found): string[] => cases.map(({ worlds, arm }) => `    ${whenOf(worlds)}${shown(arm)}${filledIn(arm.from)}`);

const filledIn = (from: Provenance): string =>
  from.kind === 'default' ? `  (${from.by} fills this in)` : from.kind === 'reference' && from.to ? filledIn(from.to) : '';

/** 'stage = prod: '; empty where it always holds. */
function whenOf(worlds: Found['cases'][number]['worlds']): string {
  const words = worlds.map(describe);
  return words.includes('') ? '' : `${words.join(', or ')}: `;
}

/** So much of a value is shown. */
const MOST_TEXT = 200;

function shown(arm: Arm): string {
  switch (arm.kind) {
    case 'scalar':
      return arm.secret ? 'a value from the environment, which is not shown' : short(JSON.stringify(arm.value));
    case 'unknown':
      return `not known before deployment: ${arm.why}${arm.secret ? '' : shape(arm.parts)}`;
    case 'map':
      return `a map of ${arm.entries.size === 0 ? 'nothing' : short([...arm.entries.keys()].join(', '))}`;
    case 'list':
      return `a list of ${arm.items.length}`;
    case 'absent':
      return 'nothing';
  }
}

/** ' ("https://…")': what is known of a text with holes. */
const shape = (parts: readonly Part[] | undefined): string =>
  parts?.some((part) => 'text' in part && part.text !== '')
    ? ` (${short(JSON.stringify(parts.map((part) => ('text' in part ? part.text : '…')).join('')))})`
    : '';

const short = (text: string): string => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text);

/** The way from where the value is used to where it is written, and then to where its pieces are. */
function* trailOf(arm: Arm): Iterable<readonly [Location, string]> {
  yield* steps(arm.from);
  if (arm.kind === 'scalar' || arm.kind === 'unknown') for (const part of arm.parts ?? []) yield* steps(part.from);
}

function* steps(from: Provenance): Iterable<readonly [Location, string]> {
  switch (from.kind) {
    case 'literal':
      yield [from.at, 'it is written here'];
      break;
    case 'absent':
      yield [from.at, 'nothing is written here'];
      break;
    case 'default':
      yield [from.at, `${from.by} fills it in because of this`];
      break;
    case 'reference':
      yield [from.at, 'it is used here'];
      if (from.to) yield* steps(from.to);
      break;
    case 'merged':
      yield [from.at, 'it is put together here'];
      for (const part of from.parts) yield* steps(part);
  }
}
