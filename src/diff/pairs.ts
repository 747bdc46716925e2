import type { Lifted } from '../lint.ts';
import type { Api } from '../model/api.ts';
import { canonical } from './canonical.ts';

/** One version: what it deploys. */
export interface Side {
  /** As the user named it: 'HEAD~1:template.yaml'. */
  readonly label: string;
  /** ' (HEAD~1)', where its files are not those that lie there now; else ''. */
  readonly where: string;
  /** What paths are compared from: the folder, or that of the file. */
  readonly folder: string;
  readonly lifted: readonly Lifted[];
}

/** An API of one document. */
export interface Placed {
  readonly document: Lifted;
  readonly api: Api;
}

/** What becomes of the APIs of one version in the other. */
export interface Pairs {
  /** The same one in both. */
  readonly kept: readonly Pair[];
  /** One that takes another's place. */
  readonly renamed: readonly Pair[];
  readonly removed: readonly Placed[];
  readonly added: readonly Placed[];
}

export interface Pair {
  readonly before: Placed;
  readonly after: Placed;
}

/** By the name of its document and its own; what is left over by what it answers. */
export function pairsOf(before: Side, after: Side): Pairs {
  const alone = before.lifted.length === 1 && after.lifted.length === 1;
  const keyed = (side: Side): Map<string, Placed> => {
    const found = new Map<string, Placed>();
    for (const document of side.lifted) {
      for (const api of document.model.apis) {
        if (api.target === 'websocket') continue;
        const key = `${alone ? '' : relative(document.path, side.folder)}\0${api.target}\0${api.name}`;
        let unique = key;
        for (let i = 2; found.has(unique); i++) unique = `${key}\0${i}`;
        found.set(unique, { document, api });
      }
    }
    return found;
  };
  const [old, now] = [keyed(before), keyed(after)];
  const kept = [...old].flatMap(([key, one]): Pair[] => {
    const other = now.get(key);
    return other ? [{ before: one, after: other }] : [];
  });
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, one]) => one);
  const come = [...now].filter(([key]) => !old.has(key)).map(([, one]) => one);
  return { kept, ...matched(gone, come) };
}

const relative = (path: string, folder: string): string => (path.startsWith(folder) ? path.slice(folder.length) : path);

/** Those that answer most alike first. */
function matched(gone: readonly Placed[], come: readonly Placed[]): Omit<Pairs, 'kept'> {
  const pairs = gone
    .flatMap((before) => come.map((after) => ({ before, after, likeness: likenessOf(before.api, after.api) })))
    .filter(({ likeness }) => likeness >= 0.5)
    .toSorted((a, b) => b.likeness - a.likeness);
  const taken = new Set<Placed>();
  const renamed = pairs.flatMap(({ before, after }): Pair[] => {
    if (taken.has(before) || taken.has(after)) return [];
    taken.add(before).add(after);
    return [{ before, after }];
  });
  return { renamed, removed: gone.filter((one) => !taken.has(one)), added: come.filter((one) => !taken.has(one)) };
}

/** The share of endpoints that both have. A function URL has one for everything, so it is like any other one. */
function likenessOf(before: Api, after: Api): number {
  if ((before.target === 'url') !== (after.target === 'url')) return 0;
  const [old, now] = [routesOf(before), routesOf(after)];
  const shared = [...old].filter((route) => now.has(route)).length;
  const all = new Set([...old, ...now]).size;
  const bonus = before.target === after.target ? 0.01 : 0;
  return all === 0 ? 0 : shared / all + bonus;
}

/** What parameters are called does not matter. */
const routesOf = ({ resources }: Api): ReadonlySet<string> =>
  new Set(
    resources.flatMap(({ path, endpoints }) =>
      endpoints.map(({ method }) => `${canonical(method)} ${canonical(path).replaceAll(/\{[^}"]*?(\+?)\}/g, '{$1}')}`),
    ),
  );
