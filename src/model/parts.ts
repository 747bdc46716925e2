import type { Location } from '../source/location.ts';
import { any, is, type Verdict } from '../value/verdict.ts';
import type { Api } from './api.ts';

/** What of an API answers browsers, and is made apart from it: by logical id, with the worlds in which it is there. */
export function* madePartsOf({
  resources,
  gatewayResponses,
}: Api): Iterable<{ readonly name: string; readonly exists: Verdict; readonly at: Location }> {
  for (const { preflight } of resources) {
    const exists = any(is(preflight.by, 'mock'), is(preflight.by, 'options'));
    for (const name of preflight.names) yield { name, exists, at: preflight.at };
  }
  // One that stands beside an OpenAPI document is lost at the next import anyway.
  for (const { name, exists, at, detached, withApi } of gatewayResponses) if (!detached && !withApi) yield { name, exists, at };
}
