import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileUri, rootOf, uriOf, wayTo } from '../../src/report/uri.ts';
import { CWD, report } from './findings.ts';

describe('the way from the root', () => {
  it.each([
    ['a.yml', 'a.yml'],
    ['a/b.yml', 'a/b.yml'],
    ['..a/b.yml', '..a/b.yml'],
    ['../a.yml', undefined],
    ['..', undefined],
    ['.', undefined],
  ])('%s', (file, way) => expect(wayTo(path.resolve(CWD, file), CWD)).toBe(way));

  it('begins at the working folder if no root is given', () => {
    expect(rootOf(report([]))).toBe(CWD);
    expect(rootOf(report([], { root: '/elsewhere' }))).toBe('/elsewhere');
  });
});

it.each([
  ['a b/ä.yml', 'a%20b/%C3%A4.yml'],
  ['100%?#[x].yml', '100%25%3F%23%5Bx%5D.yml'],
  ['c:d.yml', 'c%3Ad.yml'],
  ['a\\b"<>^`{|}.yml', 'a%5Cb%22%3C%3E%5E%60%7B%7C%7D.yml'],
  ['half\uD83D.yml', 'half%EF%BF%BD.yml'],
  ['a\n\u001b.yml', 'a%0A%1B.yml'],
])('%j as a URI', (way, uri) => {
  expect(uriOf(way)).toBe(uri);
  expect(new URL(uri, 'file:///root/').pathname).toBe(`/root/${uri}`);
});

it('an absolute path as a URI', () => {
  expect(fileUri('/a b/c.yml')).toBe('file:///a%20b/c.yml');
  expect(fileUri('C:/a/b.yml')).toBe('file:///C:/a/b.yml');
});
