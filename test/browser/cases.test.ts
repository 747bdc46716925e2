import { describe, expect, it } from 'vitest';
import { browse } from '../../src/browser/browse.ts';
import { cases, comparable, more } from './cases.ts';

const profiles = ['chromium', 'standard'] as const;

describe.each(profiles)('the %s profile', (profile) => {
  it.each([...cases, ...more].map((one) => [one.id, one] as const))('%s', (_, one) => {
    const expected = profile === 'standard' ? (one.spec ?? one.expected) : one.expected;
    expect(comparable(browse(one.request, one, { profile }), expected)).toEqual(comparable(expected, expected));
  });
});

describe('the table', () => {
  it('is whole', () => expect([cases.length, cases.filter(({ spec }) => spec).length]).toEqual([666, 15]));
});
