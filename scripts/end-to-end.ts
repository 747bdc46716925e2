import path from 'node:path';
import { openChromium, type Browser } from '../test/browser/real/chromium.ts';
import { replay } from '../test/browser/real/replay.ts';
import { startServers, type Servers } from '../test/browser/real/server.ts';
import { misjudged, predictions, realOf, saidOf, spoilt, type Opened, type Predicted, type Truth } from '../test/simulate/predicted.ts';

/** So many APIs must be held against the browser, or nothing is proven. */
const LEAST = 40;

/** One prediction in so many is spoilt on purpose. */
const EACH = 20;

interface Differing {
  readonly one: Predicted;
  readonly real: string;
}

/**
 * `npm run end-to-end`: serves what the simulator predicts for the fixtures' APIs on loopback, has a real Chromium make the requests,
 * and compares what happens, and why, with what the simulator says. Then it serves other answers than those, and every one of them must
 * be noticed. Needs what `npm run browser` needs.
 */
export async function main(root: string): Promise<number> {
  const { predicted, opened, apps } = await predictions(path.join(root, 'fixtures'));
  const servers = await startServers();
  const browser = await openChromium(servers.port);
  try {
    console.log(browser.version);
    const differing = await compare(browser, servers, predicted, 'e-');
    for (const { one, real } of differing)
      console.log(`${one.api}: ${one.id} differs: ${JSON.stringify(one)}\n  browser   ${real}\n  simulator ${saidOf(one)}`);
    const apis = new Set(predicted.map(({ api }) => api)).size;
    tell(predicted, differing.length, apis);
    console.log(`${apps} more are to origins of which Chromium opens no page`);
    const faults = await tryAll(browser, servers, opened);
    for (const fault of faults) console.log(fault);
    if (apis < LEAST) console.log(`fewer than ${LEAST} APIs`);
    const wrong = spoilt(predicted.filter((_, i) => i % EACH === 0));
    const noticed = (await compare(browser, servers, wrong, 's-')).length;
    console.log(`${noticed} of ${wrong.length} answers that were changed on purpose are noticed`);
    return differing.length + faults.length === 0 && apis >= LEAST && noticed === wrong.length ? 0 : 1;
  } finally {
    await browser.close();
    servers.close();
  }
}

async function compare(browser: Browser, servers: Servers, all: readonly Predicted[], prefix: string): Promise<readonly Differing[]> {
  const replayed = await replay(browser, servers, all, prefix);
  return all.map((one, i) => ({ one, real: realOf(replayed[i]?.truth as Truth) })).filter(({ one, real }) => real !== saidOf(one));
}

/** Serves every way in which the answers that are not known may turn out; each once, since a browser knows no APIs. */
async function tryAll(browser: Browser, servers: Servers, opened: readonly Opened[]): Promise<readonly string[]> {
  const keyOf = (way: Opened['ways'][number]): string => JSON.stringify(way);
  const ways = [...new Map(opened.flatMap((one) => one.ways.map((way) => [keyOf(way), way] as const)))];
  const replayed = await replay(
    browser,
    servers,
    ways.map(([, way]) => way),
    'o-',
  );
  const truths = new Map(ways.map(([key], i) => [key, replayed[i]?.truth as Truth]));
  const faults = opened.flatMap((one) => {
    const fault = misjudged(
      one,
      one.ways.map((way) => truths.get(keyOf(way)) as Truth),
    );
    return fault === undefined ? [] : [`${one.api}: ${one.id}: ${fault}`];
  });
  const open = opened.filter(({ outcome }) => outcome.kind === 'unknown').length;
  console.log(
    `${opened.length - faults.length} of ${opened.length} answers that are not known in full are judged rightly: ` +
      `${open} are open, and both pass and are blocked; ${ways.length} ways were served`,
  );
  return faults;
}

function tell(predicted: readonly Predicted[], differing: number, apis: number): void {
  const blocked = predicted.filter(({ reason }) => reason !== undefined);
  console.log(
    `${predicted.length - differing} of ${predicted.length} requests to ${apis} APIs go as the simulator says: ` +
      `${predicted.length - blocked.length} pass, ${blocked.length} are blocked for ${new Set(blocked.map(({ reason }) => reason)).size} reasons; ` +
      `${predicted.filter(({ preflighted }) => preflighted).length} with a preflight`,
  );
}
