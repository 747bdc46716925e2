import { linesOf } from './fields.ts';
import type { Answer } from './types.ts';

/** Statuses that lead elsewhere (Fetch, "redirect status"). */
export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** Where an answer leads (Fetch, "location URL"): undefined where it does not, null where the Location is no URL, or two. */
export function locationOf({ status, headers }: Answer, base: URL): URL | null | undefined {
  const [location, ...others] = isRedirect(status) ? new Set(linesOf(headers, 'location')) : [];
  if (location === undefined) return undefined;
  return others.length === 0 && URL.canParse(location, base.href) ? new URL(location, base.href) : null;
}

/** What Chromium takes for no address, and the standard does: `filesystem:` of no server. */
export const isBrokenToChromium = (url: URL | null | undefined): boolean =>
  url === null || (url?.protocol === 'filesystem:' && !/^filesystem:https?:/.test(url.href));

/** Fetch, "HTTP(S) scheme". */
export const isHttp = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';
