import { valueOf } from './fields.ts';
import type { CheckReason, Refusal } from './reasons.ts';
import type { Header } from './types.ts';

export interface CheckRefusal extends Refusal {
  readonly reason: CheckReason;
}

/**
 * Whether an answer lets a page of this origin read it (Fetch, "CORS check"). The standard only fails; which way is what Chromium
 * tells developers (`CheckAccess` of its `cors.cc`).
 */
export function corsCheck(headers: readonly Header[], origin: string, withCredentials: boolean): CheckRefusal | undefined {
  const allowed = valueOf(headers, 'access-control-allow-origin');
  if (allowed === undefined) return { reason: 'acao-missing' };
  if (allowed === '*' && !withCredentials) return undefined;
  if (allowed === '*') return { reason: 'acao-wildcard-with-credentials' };
  // The whole value, byte by byte: no list, no pattern, no slash at the end, no default port.
  if (allowed !== origin) return { reason: mismatch(allowed), value: allowed };
  if (!withCredentials) return undefined;
  const credentials = valueOf(headers, 'access-control-allow-credentials') ?? '';
  return credentials === 'true' ? undefined : { reason: 'acac-not-true', value: credentials };
}

function mismatch(allowed: string): CheckReason {
  if (/[ ,]/.test(allowed)) return 'acao-multiple';
  // Its parser of addresses takes any punycode, valid or not.
  return allowed === 'null' || URL.canParse(allowed.replaceAll(/xn--/gi, '')) ? 'acao-mismatch' : 'acao-invalid';
}
