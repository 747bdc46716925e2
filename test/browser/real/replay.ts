import type { Answers, PageRequest } from '../../../src/browser/types.ts';
import type { Browser, Failure } from './chromium.ts';
import { callFor, RUN, type Told } from './page.ts';
import type { Servers } from './server.ts';
import { truthOf } from './truth.ts';

type One = Answers & { readonly request: PageRequest };

/** What really happened, and what the browser said of it. */
export interface Replayed {
  readonly truth: object;
  readonly failure: Failure;
}

/** Requests under way at once. */
const WIDTH = 12;

/** Has the browser make all requests, each from a page of its origin, while the servers answer as the cases say. In their order. */
export async function replay(browser: Browser, servers: Servers, cases: readonly One[], prefix: string): Promise<Replayed[]> {
  const keyed = cases.map((one, at) => ({ one, at, key: `${prefix}${at}` }));
  for (const { one, key } of keyed) servers.serve(key, one);
  const replayed: Replayed[] = [];
  for (const origin of new Set(cases.map(({ request }) => request.origin))) {
    const group = keyed.filter(({ one }) => one.request.origin === origin);
    const calls = group.map(({ one, key }) => callFor(one.request, key));
    const told = (await browser.evaluate(origin, `(${RUN})(${JSON.stringify(calls)}, ${WIDTH})`)) as readonly Told[];
    await settled(
      browser,
      servers,
      group.filter((_, i) => !told[i]?.ok).map(({ key }) => key),
    );
    for (const [i, { one, at, key }] of group.entries()) {
      const failure = browser.failure(key);
      replayed[at] = { truth: truthOf(one, { told: told[i] as Told, failure, log: servers.seen(key) }), failure };
    }
  }
  return replayed;
}

/** The protocol's events trail the promise: waits, briefly, until each failure that reached a server has been told of. */
async function settled(browser: Browser, servers: Servers, failed: readonly string[]): Promise<void> {
  const untold = (key: string): boolean => {
    const { preflights, requests } = servers.seen(key);
    return preflights.length + requests.length > 0 && browser.failure(key).errorText === undefined;
  };
  for (let tries = 0; tries < 100 && failed.some(untold); tries++) {
    await new Promise((done) => {
      setTimeout(done, 5);
    });
  }
}
