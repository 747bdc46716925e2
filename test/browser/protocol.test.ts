import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { needsAllowing } from '../../src/browser/headers.ts';
import { namesSeveral } from '../../src/browser/origins.ts';
import { readText, shared } from '../support/shared.ts';

interface Answer {
  readonly headers?: readonly (readonly [string, string])[];
}

/** What a real browser did, request by request. */
interface Case {
  readonly request: { readonly headers: readonly (readonly [string, string])[] };
  readonly response: Answer | null;
  readonly expected: { readonly ok: boolean; readonly reason: string | null; readonly acrh?: string | null };
}

const folder = shared('oracles/browser');

describe.skipIf(folder === undefined)('what Chromium does', () => {
  const read = folder === undefined ? [] : (JSON.parse(readText(path.join(folder, 'cors-cases.json'))) as Case[] | { cases: Case[] });
  const cases = 'cases' in read ? read.cases : read;
  const lower = (names: Iterable<string>): Set<string> => new Set([...names].map((name) => name.toLowerCase()));
  const asked = lower(cases.flatMap(({ expected }) => expected.acrh?.split(',') ?? []));
  const sent = lower(cases.flatMap(({ request }) => request.headers.map(([name]) => name)));
  /** Safelisted for some values, so whether they are asked for is a matter of the value. */
  const byValue = new Set(['accept', 'accept-language', 'content-language', 'content-type', 'range']);
  /** Safelisted by Chromium alone, not by the standard. */
  const hints = new Set(['device-memory', 'downlink', 'dpr', 'ect', 'intervention', 'rtt', 'save-data', 'viewport-width', 'width']);

  it('asks the preflight for the headers that need allowing', () => {
    const names = [...asked].filter((name) => !byValue.has(name) && !hints.has(name));
    expect(names.length).toBeGreaterThan(12);
    expect(names.filter((name) => !needsAllowing(name))).toEqual([]);
  });

  it('and for no others', () => {
    const names = [...sent].filter((name) => !asked.has(name) && !hints.has(name));
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter(needsAllowing)).toEqual([]);
  });

  const allowed = cases.flatMap(({ response, expected }) => {
    const values = (response?.headers ?? []).filter(([name]) => name.toLowerCase() === 'access-control-allow-origin');
    return values.length === 1 && values[0] ? [{ value: values[0][1], expected }] : [];
  });

  it('takes no value that names several origins', () => {
    const accepted = allowed.filter(({ expected }) => expected.ok);
    expect(accepted.length).toBeGreaterThan(50);
    expect(accepted.filter(({ value }) => namesSeveral(value))).toEqual([]);
  });

  it.each([
    ['[]', true],
    [' ["https://a.example"] ', true],
    ['a,b', true],
    ['a b', true],
    [',a,', false],
    ['[', false],
    ['', false],
  ])('takes %j for several: %s', (value, several) => expect(namesSeveral(value)).toBe(several));

  it('calls most of them "multiple values"', () => {
    const several = allowed.filter(({ expected }) => expected.reason === 'acao-multiple');
    expect(several.length).toBeGreaterThan(5);
    expect(several.filter(({ value }) => !namesSeveral(value)).map(({ value }) => value)).toEqual([]);
  });
});
