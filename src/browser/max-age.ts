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
  if (engine === 'firefox') return /^\d+$/.test(value) ? capped(BigInt(value), engine) : 0;
  const seconds = /^[+-]?\d+$/.test(value) ? BigInt(value) : undefined;
  // What does not fit their integer cannot be read either.
  return seconds === undefined || BigInt.asIntN(64, seconds) !== seconds ? DEFAULT_MAX_AGE : capped(seconds, engine);
}

const capped = (seconds: bigint, engine: Engine): number => Math.min(Math.max(Number(seconds), 0), LONGEST_MAX_AGE[engine]);
