import { isDropped } from '../browser/headers.ts';
import { isSafelistedMethod, normalised } from '../browser/methods.ts';
import { unsafeNames } from '../browser/safelist.ts';
import type { Header } from '../browser/types.ts';

/** Why a browser asks a server of another origin before it sends a request. */
export interface AsksFirst {
  /** Each completes "because …"; empty where it does not ask. */
  readonly because: readonly string[];
  /** The headers that it leaves out, since no page may set them. */
  readonly dropped: readonly string[];
  /** What it names in Access-Control-Request-Headers. */
  readonly names: readonly string[];
}

/** Whether a request needs a preflight, and why (Fetch, "main fetch": a method or a header that is not safelisted). */
export function asksFirst(method: string, headers: readonly Header[]): AsksFirst {
  const kept = headers.filter((header) => !isDropped(header, 'chromium'));
  const names = unsafeNames(kept, 'chromium');
  const lines = kept.filter(([name]) => names.includes(name.toLowerCase())).map(([name, value]) => `"${name}: ${value}"`);
  return {
    because: [
      ...(isSafelistedMethod(normalised(method)) ? [] : [`${method} is none of GET, HEAD and POST`]),
      ...(lines.length > 0
        ? [`${lines.join(' and ')} ${lines.length === 1 ? 'is a header' : 'are headers'} that no plain form could send`]
        : []),
    ],
    names,
    dropped: headers.filter((header) => !kept.includes(header)).map(([name]) => name),
  };
}
