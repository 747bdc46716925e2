import { describe, expect, it } from 'vitest';
import { drawn } from '../../src/cli/terminal.ts';

const draw = (markdown: string, width = 30): string => drawn(markdown, { width, colour: false });

describe('Markdown on a terminal', () => {
  it('is broken between words, its marks left out and its code kept', () =>
    expect(
      draw(
        '<!-- printed -->\n# a-rule\n\n*Since 0.1.0 · preset `strict`*\n\nOne **bold** word, `*` in code\nand [a page](other.md) or\n<https://example.com/a/very/long/address>.\n',
      ),
    ).toBe(
      'a-rule\n\nSince 0.1.0 · preset `strict`\n\nOne bold word, `*` in code and\na page or\nhttps://example.com/a/very/long/address.\n',
    ));

  it('indents code and leaves it as it is', () =>
    expect(draw('````yaml\nlong: a line that is longer than thirty characters\n\n```\n# no heading\n````\nafter')).toBe(
      '    long: a line that is longer than thirty characters\n\n    ```\n    # no heading\n\nafter\n',
    ));

  it('hangs the further lines of a list', () =>
    expect(draw('- one that is longer than a line of it\n  goes on\n- two\n1. three and more and more and more')).toBe(
      '- one that is longer than a\n  line of it goes on\n- two\n1. three and more and more and\n   more\n',
    ));

  it('draws tables in columns, the last of which takes what is left', () =>
    expect(
      draw('| Id | Severity | Message |\n| --- | --- | --- |\n| `a` | error | one that is longer than a line |\n| `bc` | note | a \\| b |'),
    ).toBe(
      'Id    Severity  Message\n`a`   error     one that is\n                longer than a\n                line\n`bc`  note      a | b\n',
    ));

  it('makes headings bold in colour', () => expect(drawn('## Head', { width: 80, colour: true })).toBe('\u001b[1mHead\u001b[22m\n'));
});
