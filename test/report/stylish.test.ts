import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { stylish } from '../../src/report/stylish.ts';
import { fileOf, fileReport, finding, place, report, stage } from './findings.ts';

const file = fileOf('serverless.yml', `${'\n'.repeat(8)}cors: true\n            origin: here\n`);
const other = fileOf('shared/base.yml', 'a: 1\nb: 2\n');

describe('stylish', () => {
  it('draws columns, worlds, other places, counts and the way on', () => {
    const related = [
      { at: place(file, 'true'), text: 'the same line, which is not shown' },
      { at: place(other, 'b'), text: 'its value comes from here' },
      { at: place(other, '2'), text: 'the same place again' },
      { at: place(file, 'origin'), text: 'it is used here' },
    ];
    expect(
      stylish(
        report(
          [
            fileReport(
              file,
              finding(place(file, 'cors'), { message: 'no. It never works.', related }),
              finding(place(file, 'here'), {
                severity: 'warning',
                message: 'it may break',
                when: [stage('dev', 'test'), stage('prod')],
                rule: 'other-rule',
              }),
              finding(place(file, 'here'), { severity: 'note', message: 'by the way' }),
              finding(place(file, 'here'), {
                certainty: 'possible',
                message: 'who knows',
                related: [{ at: place(file, 'origin'), text: 'not known' }],
              }),
            ),
            fileReport(fileOf('clean.yml', '')),
            fileReport(other, finding(place(other, 'a'))),
          ],
          { hidden: 2 },
        ),
      ),
    ).toBe(`
serverless.yml
   9:1   error     no. It never works                                             some-rule
                   see shared/base.yml:2: its value comes from here
                   see line 10: it is used here
  10:21  warning   it may break (when stage = dev or test, or when stage = prod)  other-rule
  10:21  note      by the way                                                     some-rule
  10:21  possible  who knows                                                      some-rule
                   not known

shared/base.yml
  1:1  error  it does not work  some-rule

✖ 3 problems (2 errors, 1 warning), 1 note, 1 possible finding
2 possible findings hang on values not known before deployment (--possible shows them)
Why, and what to do: cors-lint explain some-rule
`);
  });

  it('says nothing where all is well, and where it may not be, no more than that', () => {
    expect(stylish(report([fileReport(file)]))).toBe('');
    expect(stylish(report([fileReport(file)], { hidden: 3 }))).toBe(
      '3 possible findings hang on values not known before deployment (--possible shows them)\n',
    );
  });

  it('calls advice no problem', () =>
    expect(stylish(report([fileReport(other, finding(place(other, 'a'), { severity: 'note' }))], { hidden: 1 }))).toBe(
      '\nshared/base.yml\n  1:1  note  it does not work  some-rule\n\n1 note\n1 possible finding hangs on values not known before deployment (--possible shows it)\nWhy, and what to do: cors-lint explain some-rule\n',
    ));

  it('leads on to the rule of the first error', () => {
    const findings = [finding(place(other, 'a'), { severity: 'warning', rule: 'first' }), finding(place(other, 'b'), { rule: 'second' })];
    expect(stylish(report([fileReport(other, ...findings)]))).toContain('explain second\n');
  });

  it('aligns the rules as far as that helps', () => {
    const messages = ['short', 'm'.repeat(80), 'l'.repeat(81)].map((message) => finding(place(other, 'a'), { message }));
    expect(
      stylish(report([fileReport(other, ...messages)]))
        .split('\n')
        .slice(2, 5),
    ).toEqual([
      `  1:1  error  short${' '.repeat(75)}  some-rule`,
      `  1:1  error  ${'m'.repeat(80)}  some-rule`,
      `  1:1  error  ${'l'.repeat(81)}  some-rule`,
    ]);
  });

  it('shows at most three other places', () => {
    const long = fileOf('long.yml', 'a\nb\nc\nd\ne\nf\n');
    const related = ['b', 'c', 'd', 'e'].map((word) => ({ at: place(long, word), text: word }));
    expect(stylish(report([fileReport(long, finding(place(long, 'a'), { related }))])).match(/see /g)).toHaveLength(3);
  });

  it('colours, where it is to, what has to stand out, and keeps the columns', () => {
    const text = stylish(
      report([fileReport(other, finding(place(other, 'a')), finding(place(other, 'b'), { severity: 'warning' }))], { colour: true }),
    );
    expect(text).toContain(
      '\u001b[4mshared/base.yml\u001b[24m\n  \u001b[2m1:1\u001b[22m  \u001b[31merror  \u001b[39m  it does not work  \u001b[2msome-rule\u001b[22m\n',
    );
    expect(text).toContain('\u001b[1m\u001b[31m✖ 2 problems (1 error, 1 warning)\u001b[39m\u001b[22m\n');
  });

  it('lets no file move the cursor, change colours, break lines or turn the reading direction', () => {
    const evil = fileOf('a\u001b[2J\n.yml', 'x: \u202e');
    const related = [{ at: place(other, 'b'), text: 'a\rb' }];
    const text = stylish(
      report([
        fileReport(
          evil,
          finding(place(evil, 'x'), { message: 'the origin \u001b[31mred\u0007\u009b2J\u202e\u2028\tis ä 日本 😀', related }),
        ),
      ]),
    );
    expect(text).toContain('\na\\x1b[2J\\n.yml\n');
    expect(text).toContain('the origin \\x1b[31mred\\x07\\x9b2J\\u202e\\u2028\\tis ä 日本 😀  some-rule\n');
    expect(text).toContain('see shared/base.yml:2: a\\rb\n');
  });

  it('shows a path whole where it does not lie below', () => {
    const far = fileOf('../far.yml', 'a');
    expect(stylish(report([fileReport(far, finding(place(far, 'a')))]))).toContain(`\n${path.resolve('/far.yml')}\n`);
  });
});
