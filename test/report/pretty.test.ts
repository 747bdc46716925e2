import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { pretty } from '../../src/report/pretty.ts';
import type { SourceFile } from '../../src/source/location.ts';
import { fileOf, fileReport, finding, place, report, stage, suppressed } from './findings.ts';

const file = fileOf(
  'serverless.yml',
  `service: shop

functions:
  list:
    handler: list.handler

    events:
      - http:
          path: items
          cors: true
`,
);
const other = fileOf('shared/base.yml', 'a: 1\nb: 2\n');

/** The lines of one finding, between the blank lines. */
function block(of: SourceFile, word: string, more: Partial<Finding> = {}): string[] {
  const [, first = ''] = pretty(report([fileReport(of, finding(place(of, word), more))])).split(/^\n|\n\n(?=✖)/);
  return first.split('\n');
}

describe('pretty', () => {
  it('shows each finding with its code, the trail, the worlds, the fix and the way to the page', () => {
    const related = [
      { at: place(other, 'b: 2'), text: 'its value comes from here' },
      { at: place(file, 'list.handler'), text: 'this is called' },
    ];
    expect(
      pretty(
        report(
          [
            fileReport(
              file,
              finding(place(file, 'cors'), {
                message: 'no. It never works.',
                related,
                when: [stage('dev', 'test'), stage('prod')],
                fix: { title: 'Remove it', safety: 'unsafe', edits: [] },
              }),
              finding(place(file, 'true'), {
                certainty: 'possible',
                message: 'who knows',
                related: [{ at: place(file, 'cors'), text: 'not known' }],
              }),
              finding(place(file, 'shop'), suppressed(place(file, 'shop'), 'so be it')),
            ),
            fileReport(fileOf('clean.yml', '')),
            fileReport(other, finding(place(other, 'a'), { severity: 'warning', rule: 'other-rule' })),
          ],
          { hidden: 2 },
        ),
      ),
    ).toBe(`
error[some-rule]: no. It never works
  --> serverless.yml:10:11
   |
 8 |       - http:
 9 |           path: items
10 |           cors: true
   |           ^^^^
  --> shared/base.yml:2:1: its value comes from here
 2 | b: 2
   | ----
  --> serverless.yml:5:14: this is called
 5 |     handler: list.handler
   |              ------------
   |
   = when stage = dev or test, or when stage = prod
   = fix (unsafe): Remove it
   = why: cors-lint explain some-rule

possible[some-rule]: who knows
  --> serverless.yml:10:17
   |
 8 |       - http:
 9 |           path: items
10 |           cors: true
   |                 ^^^^
   |
   = not known

warning[other-rule]: it does not work
 --> shared/base.yml:1:1
  |
1 | a: 1
  | ^
2 | b: 2
  |
  = why: cors-lint explain other-rule

✖ 2 problems (1 error, 1 warning), 1 possible finding
2 possible findings hang on values not known before deployment (--possible shows them)
`);
  });

  it('says nothing where all is well, and where it may not be, no more than that', () => {
    expect(pretty(report([fileReport(file, finding(place(file, 'shop'), suppressed(place(file, 'shop'))))]))).toBe('');
    expect(pretty(report([fileReport(file)], { hidden: 1 }))).toMatch(/^1 possible finding hangs on .*\n$/);
  });

  it('shows few of many other places, each once', () => {
    const long = fileOf('long.yml', 'a\nb\nc\nd\ne\nf\ng\nh\ni\n');
    const related = 'bcdefghib'.split('').map((word) => ({ at: place(long, word), text: 'here' }));
    const lines = block(long, 'a', { related });
    expect(lines.filter((line) => line.includes('-->'))).toHaveLength(7);
    expect(lines).toContain('  = and 2 more places');
  });

  it('shows no lines of a file that could not be read', () => {
    const shut = fileOf('shut.yml', '');
    expect(block(shut, '')).toEqual([
      'error[some-rule]: it does not work',
      ' --> shut.yml:1:1',
      '  |',
      '  = why: cors-lint explain some-rule',
    ]);
  });

  it('colours as stylish does', () => {
    const text = pretty(report([fileReport(other, finding(place(other, 'b')))], { colour: true }));
    expect(text).toContain('\u001b[31merror[some-rule]\u001b[39m: \u001b[1mit does not work\u001b[22m\n');
    expect(text).toContain('\u001b[2m2 |\u001b[22m b: 2\n\u001b[2m  |\u001b[22m \u001b[31m^\u001b[39m\n');
  });
});

describe('a frame', () => {
  /** The lines of code of a finding, and what stands under them. */
  const code = (of: SourceFile, word: string): string[] => block(of, word).filter((line) => /^ *\d* \| /.test(line));

  it('leaves out blank lines at its edges', () =>
    expect(code(file, 'list:')).toEqual(['3 | functions:', '4 |   list:', '  |   ^^^^^', '5 |     handler: list.handler']));

  it('marks the first line of several', () =>
    expect(code(file, 'events:\n      - http:\n')).toEqual([
      '5 |     handler: list.handler',
      '7 |     events:',
      '  |     ^^^^^^^',
      '8 |       - http:',
    ]));

  it('marks a place without width, and one at the very end', () => {
    expect(code(fileOf('a.yml', 'ab'), '')).toEqual(['1 | ab', '  | ^']);
    const at = { ...place(other, 'b: 2\n'), start: other.text.length, end: other.text.length };
    expect(pretty(report([fileReport(other, finding(at))]))).toContain('2 | b: 2\n3 |\n  | ^\n');
  });

  it('keeps the mark under its place beside tabs, wide letters, emoji and combined ones', () => {
    expect(code(fileOf('a.yml', '\tx: here'), 'here')).toEqual(['1 |     x: here', '  |        ^^^^']);
    expect(code(fileOf('a.yml', '日本: here'), 'here')).toEqual(['1 | 日本: here', '  |       ^^^^']);
    expect(code(fileOf('a.yml', '"👩‍👩‍👧 ❤️": 日本'), '日本')).toEqual(['1 | "👩‍👩‍👧 ❤️": 日本', '  |          ^^^^']);
    expect(code(fileOf('a.yml', 'e\u0301: here'), 'here')).toEqual(['1 | e\u0301: here', '  |    ^^^^']);
  });

  it('is the same with CRLF and a byte order mark', () => {
    expect(code(fileOf('a.yml', '\uFEFFa: 1\r\nb: 2\r\nc: 3\r\n'), '2\r\n')).toEqual(['1 | a: 1', '2 | b: 2', '  |    ^', '3 | c: 3']);
    expect(code(fileOf('a.yml', '\uFEFFa: 1\r\n'), 'a')).toEqual(['1 | a: 1', '  | ^']);
  });

  it('writes out what would act on the terminal', () =>
    expect(code(fileOf('a.yml', 'x: \u001b[2J\u202e here\n'), 'here')).toEqual([
      '1 | x: \\x1b[2J\\u202e here',
      '  |                  ^^^^',
    ]));

  it('shows the part of a long line that is meant', () => {
    const words = Array.from({ length: 40 }, (_, i) => `word${String(i).padStart(2, '0')}`).join(' ');
    const long = fileOf('a.yml', `first\n${words}\n${'x'.repeat(150)}`);
    expect(code(long, 'word20')).toEqual([
      '1 | …',
      `2 | …${words.slice(110, 210)}…`,
      `  | ${' '.repeat(31)}^^^^^^`,
      `3 | …${'x'.repeat(40)}`,
    ]);
    expect(code(long, 'word39')).toEqual(['1 | …', `2 | …${words.slice(-100)}`, `  | ${' '.repeat(95)}^^^^^^`, `3 | …`]);
    expect(code(long, 'first')).toEqual(['1 | first', '  | ^^^^^', `2 | ${words.slice(0, 100)}…`]);
  });

  it('splits no character, and takes no long over a whole template on one line', () => {
    const emoji = fileOf('a.json', '😀'.repeat(100_000) + 'here' + '😀'.repeat(100_000));
    const started = performance.now();
    const [line = '', mark = ''] = code(emoji, 'here');
    expect(performance.now() - started).toBeLessThan(1000);
    expect(line).not.toMatch(/\p{Surrogate}/u);
    expect([line.indexOf('here'), mark.indexOf('^')]).toEqual([35, 35]);
  });
});
