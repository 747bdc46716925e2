import { describe, expect, it } from 'vitest';
import { read } from './helpers.ts';

const comments = (text: string) =>
  read(text).comments.map(({ at, text: words }) => {
    expect(text.slice(at.start, at.end)).toBe(`#${words}`);
    return words;
  });

describe('comments', () => {
  it('are those that mention cors-lint, wherever they stand', () =>
    expect(
      comments(
        [
          '# cors-lint-disable before',
          'a: 1 # cors-lint after a value',
          '# of something else',
          'b: # cors-lint after a key',
          '  - "x"   # cors-lint after a quote',
          '  # cors-lint between',
          '  - [ 1, # cors-lint in brackets',
          '      2 ] # cors-lint after them',
          'c: | # cors-lint in a header',
          '  text',
          '# cors-lint after a block',
          '---',
          'd: 1',
          '# cors-lint at the end',
        ].join('\n'),
      ),
    ).toEqual([
      ' cors-lint-disable before',
      ' cors-lint after a value',
      ' cors-lint after a key',
      ' cors-lint after a quote',
      ' cors-lint between',
      ' cors-lint in brackets',
      ' cors-lint after them',
      ' cors-lint in a header',
      ' cors-lint after a block',
      ' cors-lint at the end',
    ]));

  it.each([
    ['a: "x # cors-lint"\n'],
    ["a: 'x\n  # cors-lint\n  y'\n"],
    ['a: |\n  # cors-lint\n  x # cors-lint\n'],
    ['a: >-\n\n  # cors-lint\n'],
    ['a: x#cors-lint\n'],
    ['# cors-lint: no comment in JSON\n'.slice(2)],
    ['a:\n  - |\n    # cors-lint\n  - b\n'],
    ['# nothing for us\na: 1\n'],
  ])('%j has none', (text) => expect(comments(text)).toEqual([]));

  it('are found at their place behind a byte order mark and CRLF', () => {
    const text = '\uFEFF# cors-lint 1\r\na: |\r\n  # cors-lint no\r\n# cors-lint 2\r\nb: "\x02\x1F\x18" # cors-lint 3\r\n';
    expect(comments(text)).toEqual([' cors-lint 1', ' cors-lint 2', ' cors-lint 3']);
  });

  it('are found in files that only the tolerant lexer reads', () => {
    const text = 'a:\n  b: !Sub \'{\n"# cors-lint no": 1\n}\' # cors-lint 1\n# cors-lint 2\n';
    expect(read(text).problems).toEqual([]);
    expect(comments(text)).toEqual([' cors-lint 1', ' cors-lint 2']);
  });

  it('are found in broken files too', () =>
    expect(comments('# cors-lint 1\na\nb: [ # cors-lint 2\nc: 1 # cors-lint 3\n')).toEqual([
      ' cors-lint 1',
      ' cors-lint 2',
      ' cors-lint 3',
    ]));

  it('may stand in JSON that is YAML', () => {
    expect(read('{"a": 1, # cors-lint\n "b": 2}', 'x.json').comments.map(({ text }) => text)).toEqual([' cors-lint']);
    expect(read('{"a": "# cors-lint"}', 'x.json').comments).toEqual([]);
  });
});
