import type { Label } from '../finding.ts';
import type { Lifted } from '../lint.ts';
import { listed } from '../model/names.ts';
import type { Mention } from '../model/written.ts';
import type { Location } from '../source/location.ts';
import type { Changes } from './changes.ts';
import type { Difference } from './difference.ts';
import type { MessageOf } from './kinds.ts';
import type { Pair, Placed, Side } from './pairs.ts';
import { at as valueAt, plainOf } from './plain.ts';
import { addressOf, consoleOf, nameOf } from './texts.ts';

/** An API that another one takes the place of. */
export const renamed = (pair: Pair, sides: Sides): Difference => madeAnew(pair, 'renamed', { before: nameOf(pair.before.api) }, sides);

/** An API that both versions have, and that CloudFormation makes anew. */
export function replaced(pair: Pair, changes: Changes, sides: Sides): readonly Difference[] {
  const causes = causesOf(pair, changes);
  if (causes.length === 0) return [];
  return [madeAnew(pair, 'updated', { property: causes.map((one) => `\`${one}\``).join(' and ') }, sides)];
}

/** The address of an API goes, and with it what was done to it by hand. */
const madeAnew = (
  { before, after }: Pair,
  message: MessageOf<'diff-api-replaced'>,
  more: Readonly<Record<string, string>>,
  sides: Sides,
): Difference => ({
  kind: 'diff-api-replaced',
  message,
  data: {
    ...more,
    name: nameOf(after.api),
    address: addressOf(after.api),
    lost: consoleOf(before.api),
    spelt: speltOut(before, sides),
  },
  at: after.api.at,
  related: [wasHere(before, sides), ...spelt(before, sides)],
  api: after.api.name,
  subjects: [],
});

function causesOf({ after }: Pair, changes: Changes): readonly string[] {
  if (after.api.target !== 'url') return after.api.imported ? [] : changes.replacedBy(after.api.name);
  const urls = changes.urlsOf(after.api.name);
  const [old, now] = [urls.before[0], urls.after[0]];
  if (old === undefined || now === undefined) return [];
  // The address hangs on the resource that it is, and on what that points to.
  return urls.after.some((one) => urls.before.includes(one)) ? changes.replacedBy(now) : ['its logical id'];
}

export function removed(one: Placed, sides: Sides): Difference {
  return {
    kind: 'diff-api-removed',
    message: 'removed',
    data: { name: nameOf(one.api), address: addressOf(one.api), spelt: speltOut(one, sides) },
    at: rootOf(one, sides),
    related: [wasHere(one, sides), ...spelt(one, sides)],
    api: one.api.name,
    subjects: [],
  };
}

export interface Sides {
  readonly before: Side;
  readonly after: Side;
}

const wasHere = ({ api }: Placed, { before }: Sides): Label => ({ at: api.at, text: `it stood here before${before.where}` });

/** The later version of its document; the only one where there is no other. */
function laterOf({ document }: Placed, { before, after }: Sides): Lifted | undefined {
  const [only, second] = after.lifted;
  if (!second) return only;
  const way = document.path.slice(before.folder.length);
  return after.lifted.find(({ path }) => path.slice(after.folder.length) === way);
}

/** It stands in a nested stack that is still there, and whose template is not at hand: nobody knows whether it is gone. */
export function isUnseen(one: Placed, sides: Sides): boolean {
  const steps = one.api.name.split('/').slice(0, -1);
  const later = steps.length > 0 ? laterOf(one, sides) : undefined;
  const templates = new Map(later ? plainOf(later.templates()).map(({ scope, template }) => [scope, template]) : []);
  let scope = '';
  for (const step of steps) {
    if (!templates.has(`${scope}${step}/`)) return valueAt(templates.get(scope), 'Resources', step) !== undefined;
    scope = `${scope}${step}/`;
  }
  return false;
}

/** The beginning of the later document; of the earlier one where that has none. */
function rootOf(one: Placed, sides: Sides): Location {
  const at = laterOf(one, sides)?.model.stage.from.at;
  return at ? { ...at, end: at.start } : one.api.at;
}

/** Ids that are spelt out in both versions: that of an API which goes may be among them. */
function mentionsOf({ document }: Placed, { after }: Sides): readonly Mention[] {
  const old = new Set(document.model.mentions.map(({ apiId }) => apiId));
  return after.lifted.flatMap(({ model }) => model.mentions.filter(({ apiId }) => old.has(apiId)));
}

const spelt = (one: Placed, sides: Sides): readonly Label[] =>
  mentionsOf(one, sides).map(({ at, apiId }) => ({ at, text: `"${apiId}" is spelt out here` }));

function speltOut(one: Placed, sides: Sides): string {
  const mentions = mentionsOf(one, sides);
  const [first] = mentions;
  if (!first) return '';
  const ids = listed([...new Set(mentions.map(({ apiId }) => `"${apiId}"`))], 2);
  const places = listed([...new Set(mentions.map(({ place }) => place))], 3);
  return `. If its id is ${ids}, which ${places} still ${mentions.length === 1 ? 'spells' : 'spell'} out, that points to nothing as well`;
}
