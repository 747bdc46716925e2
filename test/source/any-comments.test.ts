import { describe, expect, it } from 'vitest';
import { commentsIn } from '../../src/source/any-comments.ts';
import { parse } from '../../src/source/parse.ts';

async function comments(path: string, text: string): Promise<string[]> {
  const file = { path, text };
  const found = await commentsIn(file, () => parse(file));
  return found.map(({ at, text: words }) => {
    expect(text.slice(at.start, at.end).endsWith(words)).toBe(true);
    return words;
  });
}

describe('comments that speak of cors-lint, in any language', () => {
  it.each([
    ['a.yml', 'a: 1 # cors-lint-disable x\n# of something else\n', [' cors-lint-disable x']],
    ['a.json', '{\n  "a": 1 # cors-lint-disable x\n}\n', [' cors-lint-disable x']],
    ['a.json', '{"a": "# cors-lint-disable x"}', []],
    ['a.js', 'const a = 1; // cors-lint-disable x\n"// cors-lint-disable y"', [' cors-lint-disable x']],
    ['a.ts', 'const a: number = 1 as const; // cors-lint-disable x\r\n', [' cors-lint-disable x']],
    ['a.mts', 'export {}; // cors-lint-disable x', [' cors-lint-disable x']],
    ['broken.ts', 'const = ;\n  // cors-lint-disable x  \nlet b; // cors-lint-disable y', [' cors-lint-disable x']],
    [
      'a.py',
      'def f():\n    # cors-lint-disable-next-line x -- y\n    return "# cors-lint-disable z"\n# else\n',
      [' cors-lint-disable-next-line x -- y'],
    ],
  ])('%s: %j', async (path, text, said) => expect(await comments(path, text)).toEqual(said));
});
