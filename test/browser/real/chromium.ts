import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DevTools, type Session } from './devtools.ts';

/** What the DevTools protocol tells of one failed load. */
export interface Failure {
  corsError?: string;
  failedParameter?: string;
  errorText?: string;
  blockedReason?: string;
  console: string[];
}

export interface Browser {
  readonly version: string;
  /** Evaluates an expression in a page of an origin, and gives its (awaited) value. */
  evaluate(origin: string, expression: string): Promise<unknown>;
  /** What has been told of the requests whose address has `__c=<key>`. */
  failure(key: string): Failure;
  close(): Promise<void>;
}

/** Nothing that reaches out by itself, and no http page turned into https: that would be another origin. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
  '--ignore-certificate-errors',
  '--remote-debugging-pipe',
];

/** Debian's Chromium, in which every host is at one port of this computer. */
export async function openChromium(port: number): Promise<Browser> {
  const profile = mkdtempSync(path.join(tmpdir(), 'cors-lint-chromium-'));
  const flags = [...FLAGS, `--host-resolver-rules=MAP * 127.0.0.1:${port}`, `--user-data-dir=${profile}`, 'about:blank'];
  const child = spawn(process.env['CHROMIUM'] ?? '/usr/bin/chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const tools = new DevTools(child);
  const failures = new Map<string, Failure>();
  const failure = (key: string): Failure => {
    const found = failures.get(key) ?? { console: [] };
    failures.set(key, found);
    return found;
  };
  const pages = new Map<string, Promise<Session>>();
  const pageOf = (origin: string): Promise<Session> => {
    const page = pages.get(origin) ?? openPage(tools, origin, failure);
    pages.set(origin, page);
    return page;
  };
  const { product } = (await tools.send('Browser.getVersion')) as { product: string };
  return {
    version: product,
    failure,
    async evaluate(origin, expression) {
      const page = await pageOf(origin);
      const answer = (await page.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
        result: { value?: unknown };
        exceptionDetails?: object;
      };
      if (answer.exceptionDetails) throw new Error(`the page: ${JSON.stringify(answer.exceptionDetails)}`);
      return answer.result.value;
    },
    async close() {
      await tools.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function openPage(tools: DevTools, origin: string, failure: (key: string) => Failure): Promise<Session> {
  const { targetId } = (await tools.send('Target.createTarget', { url: 'about:blank' })) as { targetId: string };
  const { sessionId } = (await tools.send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
  const page = tools.session(sessionId);
  listen(page, failure);
  for (const domain of ['Network', 'Log', 'Runtime', 'Page']) await page.send(`${domain}.enable`);
  const loaded = page.once('Page.loadEventFired');
  await page.send('Page.navigate', { url: origin === 'null' ? 'https://sandbox.example.com/__sandbox' : `${origin}/__page` });
  await loaded;
  const { result } = (await page.send('Runtime.evaluate', { expression: 'self.origin' })) as { result: { value: string } };
  if (result.value !== origin) throw new Error(`the page's origin is ${result.value}, not ${origin}`);
  return page;
}

const keyIn = (text: string): string | undefined => /[?&]__c=([\w-]+)/.exec(text)?.[1];

/** Notes what the browser says about failed loads, by key. */
function listen(page: Session, failure: (key: string) => Failure): void {
  const urls = new Map<unknown, string>();
  page.on('Network.requestWillBeSent', ({ requestId, request }) => void urls.set(requestId, (request as { url: string }).url));
  page.on('Network.loadingFailed', ({ requestId, errorText, blockedReason, corsErrorStatus }) => {
    const key = keyIn(urls.get(requestId) ?? '');
    if (key === undefined) return;
    const found = failure(key);
    // The preflight is a load of its own, which fails too, and is told of second.
    if (found.corsError !== undefined && corsErrorStatus === undefined) return;
    const { corsError, failedParameter } = (corsErrorStatus ?? {}) as { corsError?: string; failedParameter?: string };
    Object.assign(found, { errorText, blockedReason, corsError, failedParameter });
  });
  page.on('Log.entryAdded', ({ entry }) => {
    const { text, url = '' } = entry as { text: string; url?: string };
    const key = keyIn(`${text} ${url}`);
    if (key !== undefined) failure(key).console.push(text);
  });
  page.on('Runtime.consoleAPICalled', ({ args }) => {
    const text = (args as readonly { value?: unknown }[]).map(({ value }) => String(value)).join(' ');
    const key = keyIn(text);
    if (key !== undefined) failure(key).console.push(text);
  });
}
