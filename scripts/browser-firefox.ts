import { writeFileSync } from 'node:fs';
import { cases } from '../test/browser/cases.ts';
import { openFirefox } from '../test/browser/real/firefox.ts';
import { callFor, RUN, type Told } from '../test/browser/real/page.ts';
import { startServers } from '../test/browser/real/server.ts';

/** Its console holds no more than some 250 messages. */
const AT_ONCE = 40;

/**
 * `node scripts/run.mjs browser-firefox`: has a real Firefox make every request of the table, and writes down what its console says, into
 * test/browser/firefox.json. Needs Debian's firefox-esr (or FIREFOX=path) and openssl.
 */
export async function main(): Promise<number> {
  const servers = await startServers();
  const firefox = await openFirefox(servers.port);
  const said = new Map<string, { ok: boolean; console: string[]; thrown?: string }>();
  try {
    console.log(firefox.version);
    for (const { id, preflight, response } of cases) servers.serve(id, { preflight, response });
    for (const origin of new Set(cases.map(({ request }) => request.origin))) {
      const all = cases.filter(({ request }) => request.origin === origin);
      for (let from = 0; from < all.length; from += AT_ONCE) {
        const some = all.slice(from, from + AT_ONCE);
        await firefox.console();
        const url = origin === 'null' ? 'https://sandbox.example.com/__sandbox' : `${origin}/__page`;
        const told = await firefox.evaluate(url, `(${RUN})(${JSON.stringify(some.map(({ request, id }) => callFor(request, id)))}, 4)`);
        if (!Array.isArray(told)) throw new Error(`the page: ${JSON.stringify(told)}`);
        for (const [i, one] of (told as readonly Told[]).entries())
          said.set(some[i]?.id ?? '', { ok: one.ok, console: [], ...(!one.ok && { thrown: one.message }) });
        for (const { text } of await firefox.console()) {
          const key = /[?&]__c=([\w-]+)/.exec(text)?.[1];
          if (key !== undefined) said.get(key)?.console.push(text.replaceAll(/[?&]__c=[\w-]+(?:&__h=\d+)?/g, ''));
        }
      }
    }
  } finally {
    await firefox.close();
    servers.close();
  }
  const failed = [...said]
    .filter(([, { ok }]) => !ok)
    .map(([id, { console: texts, thrown }]) => ({ id, console: [...new Set(texts)], thrown }));
  const rows = failed.map((row) => JSON.stringify(row)).join(',\n    ');
  writeFileSync('test/browser/firefox.json', `{\n  "browser": ${JSON.stringify(firefox.version)},\n  "blocked": [\n    ${rows}\n  ]\n}\n`);
  console.log(`${said.size} requests, ${failed.length} blocked`);
  return 0;
}
