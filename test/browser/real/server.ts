import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import type { Answer, Answers, Dropped } from '../../../src/browser/types.ts';
import { parseHead, written, type Head } from './wire.ts';

/** What a server was sent of one request. */
interface Seen {
  /** Redirects before it. */
  readonly hop: number;
  readonly origin: string | undefined;
  readonly acrm?: string | undefined;
  readonly acrh?: string | undefined;
}

export interface Log {
  readonly preflights: Seen[];
  readonly requests: Seen[];
}

export interface Servers {
  readonly port: number;
  /** From now on, requests whose address has `__c=<key>` are answered so. */
  serve(key: string, answers: Answers & { readonly response: (Answer & { readonly rawLocation?: boolean }) | Dropped | null }): void;
  /** What has come for a key. */
  seen(key: string): Log;
  close(): void;
}

const PAGE = '<!doctype html><meta charset=utf-8><title>page</title><link rel=icon href="data:,">';
const PAGE_HEADERS = [
  ['Content-Type', 'text/html'],
  ['Cache-Control', 'no-store'],
] as const;

/**
 * One port of this computer that stands for every host, with and without TLS, and as the proxy of a browser that cannot map host
 * names. Raw sockets, because Node's HTTP server refuses or tidies bytes that the cases need: repeated headers, odd statuses.
 */
export async function startServers(): Promise<Servers> {
  const cases = new Map<string, Answers>();
  const logs = new Map<string, Log>();
  const sockets = new Set<net.Socket>();
  const secure = tls.createSecureContext(certificate());
  const seen = (key: string): Log => {
    const log = logs.get(key) ?? { preflights: [], requests: [] };
    logs.set(key, log);
    return log;
  };

  const reply = (socket: net.Socket, head: Head, encrypted: boolean): void => {
    const url = new URL(head.target, `${encrypted ? 'https' : 'http'}://${head.get('host') ?? 'x'}`);
    if (url.pathname === '/__page') return void socket.write(written({ status: 200, headers: PAGE_HEADERS }, PAGE));
    if (url.pathname === '/__sandbox')
      return void socket.write(
        written({ status: 200, headers: [...PAGE_HEADERS, ['Content-Security-Policy', 'sandbox allow-scripts']] }, PAGE),
      );
    const key = url.searchParams.get('__c') ?? '';
    const answer = answerFor(cases.get(key), head, url, seen(key));
    if (answer.drop) socket.destroy();
    else socket.write(written(answer, head.method === 'OPTIONS' || head.method === 'HEAD' ? '' : 'BODY'));
  };

  /** Reads requests off a connection, whichever it turns out to be. */
  const converse = (socket: net.Socket, encrypted: boolean): void => {
    let buffer = Buffer.alloc(0);
    const read = (data: Buffer): void => {
      buffer = Buffer.concat([buffer, data]);
      // A TLS handshake begins with this byte; no method does.
      if (!encrypted && buffer[0] === 0x16) return upgrade(buffer);
      for (let head = parseHead(buffer); head && buffer.length >= head.length; head = parseHead(buffer)) {
        buffer = buffer.subarray(head.length);
        if (head.method === 'CONNECT') socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        else reply(socket, head, encrypted);
      }
    };
    const upgrade = (first: Buffer): void => {
      socket.off('data', read);
      socket.pause();
      socket.unshift(first);
      const inner = new tls.TLSSocket(socket, { isServer: true, secureContext: secure });
      inner.on('error', () => undefined);
      converse(inner, true);
    };
    socket.on('data', read);
  };

  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // Browsers hang up whenever they like.
    socket.on('error', () => undefined);
    converse(socket, false);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    port: (server.address() as net.AddressInfo).port,
    serve: (key, answers) => void cases.set(key, answers),
    seen,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** What a case says to answer, once it is written down what was asked. */
function answerFor(answers: Answers | undefined, head: Head, url: URL, log: Log): Answer | Dropped {
  const hop = Number(url.searchParams.get('__h') ?? 0);
  const [acrm, origin] = [head.get('access-control-request-method'), head.get('origin')];
  const isPreflight = head.method === 'OPTIONS' && acrm !== undefined && origin !== undefined;
  if (isPreflight) log.preflights.push({ hop, origin, acrm, acrh: head.get('access-control-request-headers') });
  else log.requests.push({ hop, origin });
  let at = answers;
  for (let i = 0; i < hop; i++) at = at?.response && !at.response.drop ? at.response.next : undefined;
  const answer = isPreflight ? at?.preflight : at?.response;
  // Bare, so that it fails every check.
  return answer ? onward(answer, url, hop) : { status: 599, headers: [] };
}

/** An answer whose Location keeps the key of the case and counts the hops, unless it is to be sent as it stands. */
function onward(answer: (Answer & { readonly rawLocation?: boolean }) | Dropped, from: URL, hop: number): Answer | Dropped {
  if (answer.drop || answer.rawLocation) return answer;
  const headers = answer.headers.map(([name, value]) => {
    if (name.toLowerCase() !== 'location' || !URL.canParse(value, from.href)) return [name, value] as const;
    const url = new URL(value, from.href);
    if (!/^https?:$/.test(url.protocol)) return [name, value] as const;
    url.searchParams.set('__c', from.searchParams.get('__c') ?? '');
    url.searchParams.set('__h', String(hop + 1));
    return [name, url.href] as const;
  });
  return { ...answer, headers };
}

/** A key and a certificate that nobody trusts, made for this run. */
function certificate(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(path.join(tmpdir(), 'cors-lint-tls-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const how = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=test'.split(' ');
  execFileSync('openssl', ['req', ...how, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}
