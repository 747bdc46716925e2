import type { Answer, Answers, Header, PageRequest } from '../../src/browser/types.ts';

/** The same numbers for the same seed, from 0 up to 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const ORIGINS = ['https://app.example.com', 'http://app.example.com', 'https://app.example.com:8443', 'http://localhost:3000', 'null'];
const HOSTS = [
  'https://api.example.com',
  'https://api2.example.com',
  'https://app.example.com',
  'http://localhost:4000',
  'http://api.example.com',
];
const METHODS = ['GET', 'GET', 'get', 'HEAD', 'POST', 'POST', 'PUT', 'put', 'PATCH', 'patch', 'DELETE', 'OPTIONS', 'X-OWN', '*', 'TRACE'];
const NAMES = [
  'Authorization',
  'X-Api-Key',
  'X-Test',
  'x_test',
  'Content-Type',
  'Accept',
  'Accept-Language',
  'Content-Language',
  'Range',
  'DPR',
  'Save-Data',
  'Width',
  'ECT',
  'Downlink',
  'RTT',
  'Cookie',
  'User-Agent',
  'Sec-X',
  'X-HTTP-Method-Override',
  'If-None-Match',
  '*',
  'Cache-Control',
];
const VALUES = [
  'application/json',
  'text/plain',
  'text/plain; charset=utf-8',
  'TEXT/PLAIN',
  'multipart/form-data',
  'text/plain,x',
  'a b',
  'en-GB',
  'en_GB',
  '*/*',
  'a(b)',
  'bytes=0-',
  'bytes=0-9',
  'bytes=9-0',
  'bytes=-5',
  'on',
  '1',
  '1.5',
  '1.',
  '4g',
  'slow-2g',
  'TRACE',
  'GET, track',
  '',
  'x'.repeat(128),
  'x'.repeat(129),
  '~!#',
  '\u0080',
];
const ALLOWED_ORIGINS = [
  '*',
  '*',
  '*',
  '{origin}',
  '{origin}',
  '{origin}',
  '{origin}',
  'null',
  '{origin}/',
  '{origin}, *',
  '{origin} ',
  'https://other.example.com',
  'app.example.com',
  "'*'",
  '',
  'https://*.example.com',
  'HTTPS://APP.EXAMPLE.COM',
];
const CREDENTIALS = ['true', 'true', 'true', 'true', 'True', ' true ', 'false', '', '"true"', 'true, true'];
const ALLOWED_METHODS = [
  'GET',
  'PUT',
  'PATCH',
  'DELETE',
  'patch',
  'put',
  '*',
  'OPTIONS',
  'X-OWN',
  "'PUT'",
  '',
  'GET;PUT',
  '"PUT"',
  'ANY',
  'GET,PUT,PATCH,DELETE,OPTIONS,X-OWN',
  'GET, PUT ,\tDELETE',
];
const ALLOWED_NAMES = [
  ...NAMES,
  '*',
  '*',
  '*',
  '',
  'X-Test;X-Api-Key',
  "'X-Test'",
  'content-type,authorization,x-api-key,x-test,x_test,accept,range',
  'a b',
];
const EXPOSED = ['X-A', 'x-a, ETag', '*', 'X-A;', '', '**', 'Set-Cookie', 'x-a,,b'];
const STATUSES = [200, 200, 200, 201, 204, 204, 206, 304, 400, 401, 403, 404, 429, 500, 502];
const ODD_TARGETS = [
  '/relative',
  'https://u:p@api.example.com/',
  'https://u@app.example.com/',
  'ftp://api.example.com/',
  'ftp://u:p@api.example.com/',
  'data:text/plain,x',
  'chrome://u:p@version/',
  'devtools://devtools/',
  'view-source:https://api.example.com/',
  'filesystem:x',
  'https://exa mple.com:x/',
];
const REDIRECTS = [301, 302, 303, 307, 308];

type Pick = <T>(from: readonly T[]) => T;

/** Draws requests and answers: most of them pass the first checks, so that the later ones are reached too. */
export function* generated(seed: number): Generator<Answers & { readonly request: PageRequest }> {
  const random = numbers(seed);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)] as (typeof from)[number];
  const chance = (share: number): boolean => random() < share;
  for (;;) {
    const request = requestFrom(pick, chance);
    yield { request, ...answersTo(request, 0, pick, chance) };
  }
}

function requestFrom(pick: Pick, chance: (share: number) => boolean): PageRequest {
  const origin = pick(ORIGINS);
  const method = pick(METHODS);
  const headers = Array.from({ length: pick([0, 0, 1, 1, 2, 3]) }, (): Header => [pick(NAMES), pick(VALUES)]);
  const bodiless = /^(?:GET|HEAD)$/i.test(method);
  return {
    origin,
    // An `http:` address is mixed content to most pages; of origin `null` the evaluator cannot know whether it is.
    url: `${chance(0.9) || origin === 'null' ? pick(HOSTS.slice(0, 4)) : pick(HOSTS)}${pick(['/items', '/items/1?x=1', '/'])}`,
    method,
    headers,
    credentials: pick(['omit', 'same-origin', 'include', 'include']),
    ...(!bodiless && chance(0.5) && { body: '{}' }),
    ...(chance(0.04) && { mode: 'same-origin' as const }),
    ...(chance(0.06) && { redirect: pick(['error', 'manual'] as const) }),
  };
}

function answersTo(request: PageRequest, hop: number, pick: Pick, chance: (share: number) => boolean): Answers {
  const headers = (isPreflight: boolean): Header[] => {
    const drawn: Header[] = [];
    const add = (name: string, value: string): void =>
      void drawn.push([pick([name, name.toLowerCase()]), value.replace('{origin}', request.origin)]);
    const careful = chance(0.6);
    if (careful) add('Access-Control-Allow-Origin', request.credentials === 'include' ? '{origin}' : pick(['*', '{origin}']));
    else for (let n = pick([0, 1, 1, 1, 1, 2]); n > 0; n--) add('Access-Control-Allow-Origin', pick(ALLOWED_ORIGINS));
    if (careful && request.credentials === 'include') add('Access-Control-Allow-Credentials', 'true');
    else if (chance(0.5)) add('Access-Control-Allow-Credentials', pick(CREDENTIALS));
    if (isPreflight || chance(0.1))
      for (let n = pick([0, 1, 1, 1, 2]); n > 0; n--) add('Access-Control-Allow-Methods', pick(ALLOWED_METHODS));
    if (isPreflight || chance(0.1))
      for (let n = pick([0, 1, 1, 2, 2]); n > 0; n--) add('Access-Control-Allow-Headers', pick(ALLOWED_NAMES));
    if (!isPreflight && chance(0.4)) for (let n = pick([1, 1, 2]); n > 0; n--) add('Access-Control-Expose-Headers', pick(EXPOSED));
    if (chance(0.2)) drawn.push(['X-A', '1'], ['ETag', '"1"'], ['Set-Cookie', 'a=b'], ['Content-Type', 'text/plain']);
    return drawn;
  };
  const preflight: Answer = { status: chance(0.8) ? pick([200, 204]) : pick([...STATUSES, ...REDIRECTS]), headers: headers(true) };
  if (chance(0.03)) (preflight.headers as Header[]).push(['Location', 'https://api.example.com/else']);
  return {
    preflight,
    response:
      hop < 3 && chance(0.2) ? redirect(request, hop, headers(false), pick, chance) : { status: pick(STATUSES), headers: headers(false) },
  };
}

function redirect(request: PageRequest, hop: number, headers: Header[], pick: Pick, chance: (share: number) => boolean): Answer {
  const to = chance(0.9) ? `${pick(request.origin === 'null' ? HOSTS.slice(0, 4) : HOSTS)}/next` : pick(ODD_TARGETS);
  return { status: pick(REDIRECTS), headers: [...headers, ['Location', to]], next: answersTo(request, hop + 1, pick, chance) };
}
