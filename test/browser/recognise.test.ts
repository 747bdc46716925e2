import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { browse } from '../../src/browser/browse.ts';
import { CHROMIUM_TEXTS, chromiumTexts } from '../../src/browser/messages/chromium.ts';
import { MEANINGS } from '../../src/browser/messages/meanings.ts';
import { recognise } from '../../src/browser/messages/recognise.ts';
import { cases, more } from './cases.ts';

const blocked = [...cases, ...more].flatMap((one) => {
  const outcome = browse(one.request, one, { profile: 'chromium' });
  return outcome.ok ? [] : chromiumTexts(one.request, outcome).map((text) => ({ one, outcome, text }));
});

describe("Chromium's messages", () => {
  it('lead back to the reason that they were made of, with page and address', () => {
    for (const { one, outcome, text } of blocked) {
      const found = recognise(`app.js:12 ${text}\n    at load (app.js:12:3)`);
      expect(found?.reasons, text).toContain(outcome.reason);
      if (!text.startsWith('Access to')) continue;
      expect(found?.origin, text).toBe(one.request.origin);
      expect(text).toContain(`at '${found?.url}`);
    }
  });

  it('are there for every reason, and each is recognised', () => {
    for (const [reason, text] of Object.entries(CHROMIUM_TEXTS))
      expect(recognise(text.replace('{error}', 'ERR_FAILED').replace('{value}', 'x'))?.reasons.length, reason).toBeGreaterThan(0);
    // One that only an experiment prints is said like another.
    expect([...new Set(blocked.map(({ outcome }) => outcome.reason))].toSorted()).toEqual(
      Object.keys(CHROMIUM_TEXTS)
        .filter((reason) => reason !== 'authorization-not-covered-by-wildcard')
        .toSorted(),
    );
  });

  it('may be quoted in other ways, broken and cut off', () => {
    const text = `Access to XMLHttpRequest at “https://api.example.com/dev/items” from origin ‘https://app.example.com’`;
    expect(
      recognise(`${text}\n has been blocked by CORS policy:\nMethod PUT is not allowed by Access-Control-Allow-Methods in pref`),
    ).toBeDefined();
    expect(recognise('Request header field x-api-key is not allowed by Access-Control-Allow-Headers in preflight')).toMatchObject({
      browser: 'Chromium',
      reasons: ['header-not-allowed'],
      header: 'x-api-key',
    });
  });
});

const firefox = JSON.parse(readFileSync('test/browser/firefox.json', 'utf8')) as {
  browser: string;
  blocked: { id: string; console: string[]; thrown: string }[];
};

describe("Firefox's messages", () => {
  it('collected from it lead back to the reason', () => {
    const byId = new Map(cases.map((one) => [one.id, one]));
    const wrong = firefox.blocked.flatMap(({ id, console: texts, thrown }) => {
      const one = byId.get(id);
      // Of a redirect that the page has refused it prints nothing.
      if (id === 'redir-086' && texts.length === 0) return [];
      if (!one) return [`${id}: no such case`];
      const { reason } = one.spec ?? one.expected;
      const said = [...texts, thrown].map((text) => recognise(text));
      const unknown = [...texts, thrown].filter((_, i) => !said[i]);
      const reasons = said.flatMap((found) => found?.reasons ?? []);
      return [...unknown, ...(reason === null || reasons.includes(reason) ? [] : [`${id} ${reason}: ${texts.join(' | ')} ${thrown}`])];
    });
    expect(firefox.blocked.length).toBeGreaterThan(250);
    expect(wrong).toEqual([]);
  });
});

describe("Safari's messages, from WebKit's source", () => {
  it.each([
    ['Origin https://a.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200', 'acao-missing'],
    ['Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.', 'acao-wildcard-with-credentials'],
    ['Access-Control-Allow-Origin cannot contain more than one origin.', 'acao-multiple'],
    ['Credentials flag is true, but Access-Control-Allow-Credentials is not "true".', 'acac-not-true'],
    ['Preflight response is not successful. Status code: 403', 'preflight-status'],
    ['Header Access-Control-Allow-Methods has an invalid value: a b', 'acam-syntax'],
    ['Header Access-Control-Allow-Headers has an invalid value: a b', 'acah-syntax'],
    ['Method PUT is not allowed by Access-Control-Allow-Methods.', 'method-not-allowed'],
    ['Request header field x-a is not allowed by Access-Control-Allow-Headers.', 'header-not-allowed'],
    ['not allowed to follow a cross-origin CORS redirection with non CORS scheme', 'redirect-bad-scheme'],
    ['redirection URL https://u:p@a.example.com/ has credentials', 'redirect-url-has-credentials'],
  ])('%s', (text, reason) => {
    const found = recognise(`[Error] ${text}\n[Error] Fetch API cannot load https://api.example.com/x due to access control checks.`);
    expect(found).toMatchObject({ browser: 'Safari', url: 'https://api.example.com/x' });
    expect(found?.reasons).toContain(reason);
  });
});

describe('what says nothing', () => {
  it.each([
    'TypeError: Failed to fetch',
    'NetworkError when attempting to fetch resource.',
    'TypeError: Load failed',
    'AxiosError: Network Error',
  ])('%s', (text) => expect(recognise(text)).toEqual({ browser: 'any browser', reasons: [] }));

  it('is told from what is not known', () => expect(recognise('The cat sat on the mat')).toBeUndefined());

  it('bounds what it reads', () => {
    for (const piece of ["'", 'Method ', 'Security Error: Content at ', "Access to fetch at '", 'cannot load a', 'redirection URL '])
      expect(recognise(piece.repeat(100_000))?.reasons ?? []).toEqual([]);
  });
});

it('every rule that is named is there', () => {
  const ids = new Set(rules.map(({ meta }) => meta.id));
  expect(Object.values(MEANINGS).flatMap((meaning) => meaning.rules.filter((id) => !ids.has(id)))).toEqual([]);
});
