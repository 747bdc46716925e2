import { valueOf } from './fields.ts';
import type { Header } from './types.ts';

export type Engine = 'chromium' | 'firefox' | 'webkit';

/** Longest that each remembers a preflight, in seconds (`kMaxTimeout` of Chromium's `preflight_result.cc`; Gecko's `nsCORSListenerProxy.cpp`; WebKit's `CrossOriginPreflightResultCache.cpp`). */
export const LONGEST_MAX_AGE: Readonly<Record<Engine, number>> = { chromium: 7200, firefox: 86_400, webkit: 600 };

/** What the standard says where there is no Access-Control-Max-Age (Fetch, "CORS-preflight fetch", "Let max-age be 5"). */
export const DEFAULT_MAX_AGE = 5;

/**
 * For how many seconds an engine remembers a preflight (Fetch, "CORS-preflight cache"). 0: it asks again each time.
 * A value that is no number counts as none given; in Firefox it forbids remembering.
 */
export function maxAge(headers: readonly Header[], engine: Engine): number {
  const value = valueOf(headers, 'access-control-max-age');
  if (value === undefined || value === '') return DEFAULT_MAX_AGE;
  const seconds = /^-?\d+$/.test(value) ? Number(value) : undefined;
  if (engine === 'firefox') return seconds !== undefined && seconds >= 0 ? Math.min(seconds, LONGEST_MAX_AGE.firefox) : 0;
  // What does not fit their integer cannot be read either.
  if (seconds === undefined || Math.abs(seconds) > Number.MAX_SAFE_INTEGER) return DEFAULT_MAX_AGE;
  return Math.min(Math.max(seconds, 0), LONGEST_MAX_AGE[engine]);
}
