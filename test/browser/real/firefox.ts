import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Firefox {
  readonly version: string;
  /** Loads a page, and gives the value that a promise of its resolves to: `expression` makes the promise. */
  evaluate(url: string, expression: string): Promise<unknown>;
  /** What has been written to the browser's console since the last time, of the category CORS or not. */
  console(): Promise<readonly { readonly text: string; readonly category: string }[]>;
  close(): Promise<void>;
}

/** One port is the proxy for everything, this computer included; nothing reaches out by itself; http stays http. */
const preferences = (port: number): Readonly<Record<string, unknown>> => ({
  'marionette.port': 0,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': port,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': port,
  'network.proxy.no_proxies_on': '',
  'network.proxy.allow_hijacking_localhost': true,
  'network.proxy.failover_direct': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'app.update.auto': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'services.settings.server': 'http://localhost.invalid/',
  'toolkit.telemetry.server': '',
  'dom.security.https_first': false,
  'dom.security.https_only_mode': false,
});

/** Debian's firefox-esr, driven over Marionette, whose proxy is a port of this computer. */
export async function openFirefox(port: number): Promise<Firefox> {
  const profile = mkdtempSync(path.join(tmpdir(), 'cors-lint-firefox-'));
  const lines = Object.entries(preferences(port)).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(path.join(profile, 'user.js'), lines.join('\n'));
  const flags = ['--headless', '--marionette', '-remote-allow-system-access', '--no-remote', '--profile', profile];
  const child = spawn(process.env['FIREFOX'] ?? '/usr/bin/firefox-esr', flags, { stdio: 'ignore', env: { ...process.env, HOME: profile } });
  const marionette = await connect(await portOf(profile, child));
  const { capabilities } = (await marionette('WebDriver:NewSession', { acceptInsecureCerts: true })) as {
    capabilities: { browserVersion: string };
  };
  await marionette('WebDriver:SetTimeouts', { script: 120_000 });
  const run = async (context: 'content' | 'chrome', script: string): Promise<unknown> => {
    await marionette('Marionette:SetContext', { value: context });
    const answer = await marionette('WebDriver:ExecuteAsyncScript', { script, args: [], newSandbox: true, sandbox: null });
    return (answer as { value: unknown }).value;
  };
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    async evaluate(url, expression) {
      await marionette('Marionette:SetContext', { value: 'content' });
      await marionette('WebDriver:Navigate', { url });
      return run('content', `const [done] = arguments; Promise.resolve(${expression}).then(done, (error) => done(String(error)));`);
    },
    console: () => run('chrome', READ) as ReturnType<Firefox['console']>,
    async close() {
      const gone = once(child, 'exit');
      marionette('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(timer);
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

const READ = `const [done] = arguments;
const all = Services.console.getMessageArray().map((one) => {
  try { one.QueryInterface(Ci.nsIScriptError); return { text: one.errorMessage, category: one.category }; }
  catch { return { text: one.message, category: '' }; }
});
Services.console.reset();
done(all);`;

/** The port that Firefox has chosen: it writes it into its profile. */
async function portOf(profile: string, child: ChildProcess): Promise<number> {
  const file = path.join(profile, 'MarionetteActivePort');
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    if (existsSync(file) && readFileSync(file, 'utf8') !== '') return Number(readFileSync(file, 'utf8'));
    await new Promise((done) => {
      setTimeout(done, 100);
    });
  }
  child.kill();
  throw new Error('Firefox did not start');
}

type Marionette = (command: string, parameters: object) => Promise<unknown>;

/** Marionette's wire: the length of a message in bytes, a colon, the message in JSON. */
async function connect(port: number): Promise<Marionette> {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const waiting = new Map<number, { done: (result: unknown) => void; failed: (error: Error) => void }>();
  let buffer = Buffer.alloc(0);
  socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    for (let colon = buffer.indexOf(':'); colon > 0; colon = buffer.indexOf(':')) {
      const end = colon + 1 + Number(buffer.toString('latin1', 0, colon));
      if (buffer.length < end) return;
      const message = JSON.parse(buffer.toString('utf8', colon + 1, end)) as unknown;
      buffer = buffer.subarray(end);
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message as [1, number, { error: string; message: string } | null, unknown];
      if (error) waiting.get(id)?.failed(new Error(`${error.error}: ${error.message}`));
      else waiting.get(id)?.done(result);
      waiting.delete(id);
    }
  });
  socket.on('close', () => {
    for (const { failed } of waiting.values()) failed(new Error('Firefox has ended'));
  });
  let last = 0;
  return (command, parameters) => {
    const id = ++last;
    const text = JSON.stringify([0, id, command, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, failed) => waiting.set(id, { done, failed }));
  };
}
