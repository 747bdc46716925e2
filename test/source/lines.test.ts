import { describe, expect, it } from 'vitest';
import { positionAt } from '../../src/source/lines.ts';

const places = (text: string, ...offsets: readonly number[]) => {
  const file = { path: 'x', text };
  return offsets.map((offset) => {
    const { line, column } = positionAt(file, offset);
    return `${line}:${column}`;
  });
};

describe('positionAt', () => {
  it.each([
    ['begins at 1', 'a', [0, 1], ['1:1', '1:2']],
    ['counts a line break to the line that it ends', 'ab\ncd\n', [2, 3, 5, 6], ['1:3', '2:1', '2:3', '3:1']],
    ['takes CRLF for one line break', 'a\r\nb\r\n', [0, 1, 3, 4, 6], ['1:1', '1:2', '2:1', '2:2', '3:1']],
    ['knows empty lines', '\n\na', [0, 1, 2], ['1:1', '2:1', '3:1']],
    ['gives a byte order mark no column', '\uFEFFa\nb', [0, 1, 2, 3], ['1:1', '1:1', '1:2', '2:1']],
    ['counts UTF-16 units', '😀a\né', [2, 3, 4, 5], ['1:3', '1:4', '2:1', '2:2']],
    ['does not break lines where YAML does not', 'a\u2028b\rc', [4], ['1:5']],
    ['knows an empty file', '', [0], ['1:1']],
    ['brings what lies outside to the nearest end', 'a\nb', [-1, 99], ['1:1', '2:2']],
  ])('%s', (_, text, offsets, expected) => expect(places(text, ...offsets)).toEqual(expected));

  it('finds every offset of a long file', () => {
    const text = Array.from({ length: 500 }, (_, i) => 'x'.repeat(i % 7)).join('\n');
    const expected = Array.from({ length: text.length + 1 }, (_, offset) => {
      const before = text.slice(0, offset).split('\n');
      return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    });
    expect(places(text, ...expected.keys())).toEqual(expected);
  });
});
