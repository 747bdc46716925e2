import { get, listOf, mapKnown, piecesOf, textOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, mapValue, type Provenance, type Value } from '../../value/value.ts';
import { couldBe } from '../../value/verdict.ts';
import type { Location } from '../../source/location.ts';
import type { AllowedOrigin, Managed, OriginPattern } from '../../model/api.ts';
import type { Text } from './text.ts';
import { constant, flag, textOr } from './template.ts';
import { isGiven, isNever, perWorld, standing, standsHere, verdictOf, type Arm } from './worlds.ts';

/** CORS that the service itself applies, and in which worlds it does. */
export interface ManagedCors {
  readonly block: Managed;
  readonly present: Value<boolean>;
}

/** `CorsConfiguration` of an HTTP API, `Cors` of a function URL; `{}` is a block too, which allows nothing (H13). */
export function managedCors(block: Tree, target: 'http' | 'url', key: Location | undefined): ManagedCors | undefined {
  const present = standsHere(block);
  if (isNever(present)) return undefined;
  const cors = underKey(standing(block), key);
  const { at } = cors.from;
  const [origins, credentials] = [get(cors, 'AllowOrigins'), get(cors, 'AllowCredentials')];
  return {
    present,
    block: {
      at,
      exists: verdictOf(present),
      origins: listOf(origins, textOr),
      headers: {
        origin: originOf(origins, credentials, target),
        credentials: mapKnown(flag(credentials), (allowed) => (allowed ? 'true' : undefined)),
        methods: listOf(get(cors, 'AllowMethods'), textOr),
        headers: listOf(get(cors, 'AllowHeaders'), textOr),
        expose: listOf(get(cors, 'ExposeHeaders'), textOr),
        maxAge: textOf(get(cors, 'MaxAge')),
        // Both services see to it themselves where the origin depends on the caller.
        vary: constant([], at),
      },
    },
  };
}

/** What a block lacks is looked for under its key, and not at its first entry; one that stands elsewhere is where it is. */
const underKey = (cors: Tree, key: Location | undefined): Tree =>
  cors.kind === 'map' && cors.from.kind === 'literal' && key ? { ...cors, from: { ...cors.from, at: key } } : cors;

/**
 * What the service answers a caller: `*` beside credentials is refused at deploy on an HTTP API (H9; a rule's affair) and
 * reflects every origin on a function URL (U4); all other entries are echoed to who matches one (H21), and nothing else is.
 */
function originOf(origins: Tree, credentials: Tree, target: 'http' | 'url'): Value<AllowedOrigin> {
  return perWorld([origins], origins.from, (list): Value<AllowedOrigin> => {
    if (list.kind === 'unknown') return { kind: 'unknown', why: list.why, from: list.from };
    const items = list.kind === 'list' ? list.items : isGiven(list) ? [list] : [];
    return perWorld<readonly Tree[], AllowedOrigin>(items, list.from, (...arms) => {
      const entries = arms.filter(isEntry);
      const star = entries.find((entry) => entry.kind === 'scalar' && entry.value === '*');
      if (star) return target === 'http' ? known({ kind: 'any' }, star.from) : starOnUrl(credentials, star.from);
      if (entries.length === 0) return known({ kind: 'absent' }, list.from);
      const open = entries.find((entry) => entry.kind === 'unknown' && couldBe(entry.parts && piecesOf(entry.parts), '*'));
      // Some entry is there, whatever it is.
      if (open?.kind === 'unknown')
        return { kind: 'unknown', why: open.why, from: open.from, pieces: open.parts ? piecesOf(open.parts) : [null] };
      return known(
        { kind: 'echo', among: entries.map((entry) => pattern(entry, target)), otherwise: known(undefined, list.from) },
        list.from,
      );
    });
  });
}

const isEntry = (arm: Arm): arm is Text => arm.kind === 'unknown' || (arm.kind === 'scalar' && arm.value !== null);

const starOnUrl = (credentials: Tree, from: Provenance): Value<AllowedOrigin> =>
  mapValue(flag(credentials), (arm) =>
    arm.kind === 'known' ? known({ kind: arm.value ? 'reflect' : 'any' }, from) : { kind: 'unknown', why: arm.why, from: arm.from },
  );

/** `https://*` and `http://*` are the only patterns of an HTTP API (H8); a function URL is not documented to have any (U6). */
function pattern(entry: Text, target: 'http' | 'url'): OriginPattern {
  const { from } = entry;
  if (target === 'http' && entry.kind === 'scalar' && (entry.value === 'https://*' || entry.value === 'http://*')) {
    return { match: 'regex', text: known(entry.value.replace('*', '.+'), from) };
  }
  if (target === 'url' && entry.kind === 'scalar' && String(entry.value).includes('*')) {
    const pieces = String(entry.value)
      .split('*')
      .flatMap((piece, i) => (i === 0 ? [piece] : [null, piece]));
    return { match: 'exact', text: { kind: 'unknown', why: 'AWS does not say what a "*" within an origin matches here', from, pieces } };
  }
  return { match: 'exact', text: valueOf(entry, textOr) };
}
