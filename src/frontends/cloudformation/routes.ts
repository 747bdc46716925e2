/** A route of an HTTP API as far as its key is known. */
export interface RouteKey {
  /** Upper case; 'ANY' for $default; undefined where it is not known. */
  readonly method: string | undefined;
  /** '$default' for the catch-all; undefined where it is not known. */
  readonly path: string | undefined;
}

export const DEFAULT = '$default';

/** How well a route takes OPTIONS of a path; the higher comes first. */
interface Rank {
  /** 3: the whole path; 2: by {proxy+}; 1: $default (H6). */
  readonly step: number;
  readonly literal: number;
  readonly exact: boolean;
}

/**
 * The routes that would take OPTIONS of a path, best first: whole paths before greedy ones before $default, and among
 * equals more literal segments and then OPTIONS before ANY (H6; AG/http-api-develop-routes).
 */
export function takersOfOptions<R extends RouteKey>(path: string, routes: readonly R[]): readonly R[] {
  return routes
    .flatMap((route) => {
      const rank = rankOf(route, path);
      return rank ? [{ route, rank }] : [];
    })
    .toSorted((a, b) => b.rank.step - a.rank.step || b.rank.literal - a.rank.literal || Number(b.rank.exact) - Number(a.rank.exact))
    .map(({ route }) => route);
}

function rankOf({ method, path: key }: RouteKey, path: string): Rank | undefined {
  if (key === undefined || method === undefined) return undefined;
  if (key === DEFAULT) return { step: 1, literal: 0, exact: false };
  if (method !== 'OPTIONS' && method !== 'ANY') return undefined;
  const literal = coverage(key, path);
  if (literal === undefined) return undefined;
  return { step: isGreedy(key) && key !== path ? 2 : 3, literal, exact: method === 'OPTIONS' };
}

const isGreedy = (path: string): boolean => /\{[^{}/]*\+\}$/.test(path);
const isVariable = (segment: string): boolean => segment.startsWith('{') && segment.endsWith('}');

/** How many literal segments a route's path shares with every request of another path; undefined where it does not take them all. */
function coverage(route: string, path: string): number | undefined {
  // What only $default takes is below the root, so {proxy+} takes it too.
  const [wanted, given] = [segmentsOf(route), path === DEFAULT ? ['{any+}'] : segmentsOf(path)];
  const greedy = isGreedy(route);
  if (greedy ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const fixed = greedy ? wanted.slice(0, -1) : wanted;
  // {proxy+} does not take what stands right above it (R22).
  if (greedy && given[fixed.length] === '') return undefined;
  const taken = fixed.every((segment, i) => (isVariable(segment) ? !isGreedy(given[i] ?? '') : segment === given[i]));
  return taken ? fixed.filter((segment) => !isVariable(segment)).length : undefined;
}

const segmentsOf = (path: string): readonly string[] => path.replace(/^\//, '').split('/');
