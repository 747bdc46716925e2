import { entriesOf, get, type Tree } from '../../value/tree.ts';
import { asText } from '../trees.ts';
import { STOPS } from './cors-keys.ts';
import { globalsOf } from './globals.ts';
import { intrinsicOf, keyOf, truthy } from './shape.ts';
import { FUNCTION, HTTP, REST, STATE_MACHINE, type Sam } from './template.ts';

const CORS = { [REST]: 'Cors', [HTTP]: 'CorsConfiguration' } as const;

const BELONGS: Readonly<Record<string, string>> = {
  Api: '`Cors` of the API, or `Globals.Api.Cors`',
  HttpApi: '`CorsConfiguration` of the API, or `Globals.HttpApi.CorsConfiguration`',
};

/** `Cors` belongs to the API, and no event has it (probe P15). */
function sayOnEvents({ resources, say }: Sam): void {
  for (const { type, properties } of resources.values()) {
    if (type !== FUNCTION && type !== STATE_MACHINE) continue;
    for (const { value: event } of entriesOf(get(properties, 'Events')).values()) {
      const kind = asText(get(event, 'Type')) ?? '';
      const belongs = Object.hasOwn(BELONGS, kind) ? BELONGS[kind] : undefined;
      for (const [name, { key: at }] of entriesOf(get(event, 'Properties')))
        if (/^cors/i.test(name))
          say({
            kind: 'property',
            at,
            name,
            place: `an event of type \`${kind}\``,
            ...(belongs !== undefined && { belongs }),
            effect: STOPS,
          });
    }
  }
}

/** The name of the other type's property on an API (probes P16, H12). */
function sayMisnamed({ resources, say }: Sam): void {
  for (const { type, own } of resources.values()) {
    const right = type === REST || type === HTTP ? CORS[type] : undefined;
    if (right === undefined) continue;
    for (const [name, { key: at }] of entriesOf(own))
      if (name !== right && /cors/i.test(name)) say({ kind: 'property', at, name, place: `an \`${type}\``, meant: right, effect: STOPS });
  }
}

/** CORS that reaches no API, or not the one that it was meant for: under another's name, or in `Globals` (sam.md §4). */
export function sayLost(sam: Sam): void {
  sayMisnamed(sam);
  sayOnEvents(sam);
  sayMisplaced(sam);
  sayOtherType(sam, REST, HTTP);
  sayOtherType(sam, HTTP, REST);
  sayReplaced(sam);
}

/** Probes M10, M10b. */
function sayMisplaced({ template, say }: Sam): void {
  for (const [type, own] of Object.entries(CORS)) {
    const globals = globalsOf(template, type);
    for (const [name, { key: at }] of entriesOf(globals)) {
      if (name === own || !/cors/i.test(name)) continue;
      const place = `\`Globals.${type.replace('AWS::Serverless::', '')}\``;
      say({ kind: 'property', at, name, place, meant: own, effect: STOPS });
    }
  }
}

/** `Globals.Api` reaches REST APIs alone, and `Globals.HttpApi` HTTP APIs alone (probe M11). */
function sayOtherType({ template, resources, say }: Sam, type: keyof typeof CORS, other: keyof typeof CORS): void {
  const globals = globalsOf(template, type);
  const at = keyOf(globals, CORS[type]);
  const [section, elsewhere] = [type, other].map((one) => one.replace('AWS::Serverless::', ''));
  if (!at || !truthy(get(globals, CORS[type])) || isUsed(section ?? '', type, resources) || !isUsed(elsewhere ?? '', other, resources))
    return;
  say({
    kind: 'inert',
    at,
    text: `\`Globals.${section}\` is for ${type === REST ? 'REST' : 'HTTP'} APIs alone, and this template has none: its APIs are ${type === REST ? 'HTTP' : 'REST'} APIs, which get nothing of this. Their CORS belongs into \`Globals.${elsewhere}.${CORS[other]}\`.`,
  });
}

/** An API of the type, or an event that makes one; a function that hides its events may have such. */
function isUsed(event: string, type: string, resources: Sam['resources']): boolean {
  return [...resources.values()].some((resource) => {
    if (resource.type === type) return true;
    if (resource.type !== FUNCTION && resource.type !== STATE_MACHINE) return false;
    const events = get(resource.properties, 'Events');
    if (events.kind === 'unknown' || intrinsicOf(resource.properties) !== undefined) return true;
    return [...entriesOf(events).values()].some(
      ({ value }) => value.kind !== 'map' || intrinsicOf(value) !== undefined || isText(get(value, 'Type'), event),
    );
  });
}

const isText = (tree: Tree, text: string): boolean => tree.kind === 'scalar' && tree.value === text;

/** A map beside a text or a function replaces it: of the global origin nothing is left, and the default takes its place (probes M01, M04). */
function sayReplaced({ template, resources, say }: Sam): void {
  const globals = globalsOf(template, REST);
  const global = get(globals, 'Cors');
  if (!truthy(global) || (global.kind === 'map' && intrinsicOf(global) === undefined)) return;
  for (const { id, type, own, tree } of resources.values()) {
    const local = get(own, 'Cors');
    const isMap = local.kind === 'map' && intrinsicOf(local) === undefined && truthy(local);
    if (type !== REST || !isMap || local.entries.has('AllowOrigin') || get(tree, 'IgnoreGlobals').kind !== 'absent') continue;
    say({
      kind: 'inert',
      at: keyOf(globals, 'Cors') ?? global.from.at,
      text: `The \`Cors\` of \`${id}\` is a map and takes the place of this one whole, as only a map is merged with a map. It names no \`AllowOrigin\`, so SAM sends the default "*". Write \`AllowOrigin\` here, in a map, or there.`,
    });
  }
}
