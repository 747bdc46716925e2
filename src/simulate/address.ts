/** A path that an address may mean in a template, and what was taken off it. */
export interface Meaning {
  readonly path: string;
  /** '/prod', '/shop/v1'; empty where the path is the whole one. */
  readonly without: string;
}

/** So many parts of a base path are tried: API Gateway takes more, and people use one or two. */
const DEEPEST = 4;

/** The host of an API that has no domain of its own: `abc123.execute-api.eu-west-1.amazonaws.com`, of a VPC endpoint too. */
const EXECUTE_API = /\.execute-api\.[a-z0-9-]+\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/i;

/**
 * The paths that an address may mean, the likeliest first. Behind execute-api the first part is the stage, unless it is an HTTP API's
 * stage `$default`, which has none; on a domain of one's own the first parts may be a base path, which templates do not route by.
 */
export function meaningsOf({ hostname, pathname }: URL): readonly Meaning[] {
  const parts = pathname.split('/').slice(1);
  const cut = (taken: number): Meaning => ({
    path: `/${parts.slice(taken).join('/')}`,
    without: taken === 0 ? '' : `/${parts.slice(0, taken).join('/')}`,
  });
  if (pathname === '/') return [cut(0)];
  if (EXECUTE_API.test(hostname)) return [cut(1), cut(0)];
  return Array.from({ length: Math.min(parts.length, DEEPEST) + 1 }, (_, taken) => cut(taken));
}
