import type { Finding } from '../finding.ts';
import { sha256 } from './sha256.ts';
import { wayTo } from './uri.ts';

/**
 * SHA-256, in hexadecimal, of that by which a finding is known from one run to the next: rule, file, the place in the document by its keys, message, and a counter for
 * equals. Neither lines, which move, nor the wording, which may be bettered. A published number hangs on it: change it with the `v1`.
 */
export function fingerprintsOf(findings: readonly Finding[], root: string): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, messageId, primary: { file, path } }) => {
    const pointer = path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
    const identity = JSON.stringify([rule, wayTo(file.path, root) ?? file.path, pointer, messageId]);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return sha256(`${identity}${before}`);
  });
}
