import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/model/glob.ts';

describe('a glob', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['a/b', '/a/b/'],
    ['/a/b', '/a/*'],
    ['/a/b', '/*/b'],
    ['/a/b', '**'],
    ['/', '**'],
    ['/a/x/y/b', '/a/**/b'],
    ['/a/b', '/a/**/b'],
    // A pattern that ends in `/**` takes its parent too.
    ['/a', '/a/**'],
    ['/a/b/c', '/a/**'],
    ['/stripe-webhook-v2', '**/*webhook*/**'],
    ['/Stripe/WebHook', '**/*webhook*/**'],
    ['/a/b1', '/a/b?'],
    ['/users/{id}', '/users/{id}'],
    ['/{proxy+}', '/{proxy+}'],
    ['/a.b', '/a.b'],
    ['/a/b/a/b/c', '/**/a/b/c'],
  ])('takes %s for %s', (path, glob) => expect(matchesGlob(path, glob)).toBe(true));

  it.each([
    ['/a/b/c', '/a/*'],
    ['/a', '/a/*'],
    ['/ab', '/a/**'],
    ['/axb', '/a.b'],
    ['/a', '/a?'],
    ['/a/b', '/a/b/c'],
    ['/', '*'],
    ['/ab', '/a**c'],
    ['/a+', '/a{1}'],
  ])('does not take %s for %s', (path, glob) => expect(matchesGlob(path, glob)).toBe(false));

  it('is done with patterns that a backtracking matcher never leaves', () => {
    expect(matchesGlob(`/${'a'.repeat(5000)}`, `/${'a*'.repeat(500)}b`)).toBe(false);
    expect(matchesGlob('/a'.repeat(2000), `${'**/a/'.repeat(200)}b`)).toBe(false);
    expect(matchesGlob('/a'.repeat(2000), `${'**/a/'.repeat(200)}**`)).toBe(true);
  });
});
