import { browse } from '../src/browser/browse.ts';
import { cases, comparable, more, type Case, type Expected } from '../test/browser/cases.ts';
import { generated } from '../test/browser/generate.ts';
import { openChromium, type Browser } from '../test/browser/real/chromium.ts';
import { replay } from '../test/browser/real/replay.ts';
import { startServers, type Servers } from '../test/browser/real/server.ts';

type One = Pick<Case, 'request' | 'preflight' | 'response'> & { readonly id: string };

/**
 * `npm run browser [seed [count]]`: has a real Chromium make every request of the table, then generated ones, and compares what
 * happens with what `browse` says. Needs Debian's chromium (or CHROMIUM=path) and openssl.
 */
export async function main(_root: string, [seed = String(Date.now() % 1_000_000_007), count = '2000']: readonly string[]): Promise<number> {
  const servers = await startServers();
  const browser = await openChromium(servers.port);
  try {
    console.log(browser.version);
    const ofTable = await compare('the table', browser, servers, [...cases, ...more]);
    console.log(`seed ${seed}`);
    const drawn = generated(Number(seed));
    const many = Array.from({ length: Number(count) }, (_, i): One => ({ id: `${seed}/${i}`, ...drawn.next().value }));
    return ofTable + (await compare('generated', browser, servers, many)) === 0 ? 0 : 1;
  } finally {
    await browser.close();
    servers.close();
  }
}

/** Prints each case in which the browser and the evaluator differ, or the table; how many there are. */
async function compare(what: string, browser: Browser, servers: Servers, all: readonly (One & Partial<Case>)[]): Promise<number> {
  const replayed = await replay(browser, servers, all, `${what.slice(0, 1)}-`);
  let [differing, passing] = [0, 0];
  const reasons = new Set<unknown>();
  for (const [i, one] of all.entries()) {
    const { truth, failure } = replayed[i] as (typeof replayed)[number];
    const real = truth as Expected;
    reasons.add(real.reason);
    if (real.ok) passing++;
    const said = browse(one.request, one, { profile: 'chromium' });
    const wrong = [said, ...(one.expected ? [one.expected] : [])].filter((other) => text(other, real, one) !== text(real, real, one));
    if (wrong.length === 0) continue;
    differing++;
    console.log(
      `${one.id} differs: ${JSON.stringify(one)}\n  browser   ${text(real, real, one)} ${JSON.stringify(failure)}\n  evaluator ${text(said, real, one)}`,
    );
  }
  console.log(`${what}: ${all.length - differing} of ${all.length} agree; ${passing} pass, ${reasons.size - 1} reasons for the rest`);
  return differing;
}

/** Of the table, where the last Origin went is compared in the cases that say it. */
function text(outcome: object, real: Expected, { expected }: Partial<Case>): string {
  return JSON.stringify(Object.entries(comparable(outcome, expected ?? real)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
