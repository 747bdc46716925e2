import { describe, expect, it } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { fileOf, fileReport, finding, place, report, stage, suppressed } from './findings.ts';

const file = fileOf('api/serverless (1).yml', 'a: 1\nb: 2\n');
const other = fileOf('base.yml', 'a: 1\n');
const page = 'https://unpkg.com/cors-lint/rules';

describe('markdown', () => {
  it('counts, and has a table for each file, the possible ones folded', () =>
    expect(
      markdown(
        report(
          [
            fileReport(
              file,
              finding(place(file, 'a'), { message: 'no. It never works.', when: [stage('prod')] }),
              finding(place(file, '2'), { severity: 'warning', rule: 'other-rule' }),
              finding(place(file, '2'), { certainty: 'possible', message: 'who knows' }),
            ),
            fileReport(fileOf('clean.yml', '')),
            fileReport(other, finding(place(other, 'a'), { severity: 'note' }), finding(place(other, 'a'), suppressed(place(other, 'a')))),
          ],
          { hidden: 2, sources: 'https://git.example/blob/1a2b/' },
        ),
      ),
    ).toBe(`## cors-lint: 2 problems (1 error, 1 warning), 1 note

### [api/serverless (1).yml](https://git.example/blob/1a2b/api/serverless%20%281%29.yml)

| Place | Severity | Message | Rule |
| --- | --- | --- | --- |
| [1:1](https://git.example/blob/1a2b/api/serverless%20%281%29.yml#L1) | ✖ error | no. It never works (when stage = prod) | [some-rule](${page}/some-rule.md) |
| [2:4](https://git.example/blob/1a2b/api/serverless%20%281%29.yml#L2) | ⚠ warning | it does not work | [other-rule](${page}/other-rule.md) |

### [base.yml](https://git.example/blob/1a2b/base.yml)

| Place | Severity | Message | Rule |
| --- | --- | --- | --- |
| [1:1](https://git.example/blob/1a2b/base.yml#L1) | ℹ note | it does not work | [some-rule](${page}/some-rule.md) |

<details>

<summary>1 possible finding</summary>

### [api/serverless (1).yml](https://git.example/blob/1a2b/api/serverless%20%281%29.yml)

| Place | Severity | Message | Rule |
| --- | --- | --- | --- |
| [2:4](https://git.example/blob/1a2b/api/serverless%20%281%29.yml#L2) | ? possible | who knows | [some-rule](${page}/some-rule.md) |

</details>

2 possible findings hang on values not known before deployment (--possible shows them)
`));

  it('says that all is well', () => expect(markdown(report([fileReport(file)]))).toBe('## cors-lint: no problems\n'));

  it.each([
    ['../far.yml', { sources: 'https://git.example/' }, '/far.yml'],
    ['near.yml', {}, 'near.yml'],
  ])('has no link to %s with %j', (name, more, shown) => {
    const far = fileOf(name, 'a');
    const text = markdown(report([fileReport(far, finding(place(far, 'a')))], more));
    expect(text).toContain(`\n### ${shown}\n`);
    expect(text).toContain('\n| 1:1 | ');
  });

  it('shows what a message quotes as code', () =>
    expect(markdown(report([fileReport(other, finding(place(other, 'a'), { message: 'write `a_b|<c>` here, `not' }))]))).toContain(
      ' | write <code>a\\_b\\|&lt;c&gt;</code> here, \\`not | ',
    ));

  it('fits into a summary, the certain first', () => {
    const many = fileOf('many.yml', 'a');
    const findings = Array.from({ length: 1200 }, (_, i) => finding(place(many, 'a'), i < 300 ? { certainty: 'possible' } : {}));
    const text = markdown(report([fileReport(many, ...findings)]));
    expect([text.match(/✖ error/g), text.match(/\? possible/g)].map((all) => all?.length)).toEqual([900, 100]);
    expect(text).toContain('\n200 more findings are not shown here.\n');
    expect(text).toContain('<summary>300 possible findings</summary>');
  });

  it('lets no text become markup, HTML, a cell or a mention', () => {
    const evil = fileOf('a|b](http:x)<i>\n`.yml', 'a');
    const message = '<script>x</script> | `<code>|*` **bold** _it_ [a](b) ~~no~~ &lt; \\ $x$ @all o/r#12\n\n# head';
    const text = markdown(report([fileReport(evil, finding(place(evil, 'a'), { message }))], { sources: 'https://git.example/' }));
    expect(text).toContain(
      ' | &lt;script&gt;x&lt;/script&gt; \\| <code>&lt;code&gt;\\|\\*</code> \\*\\*bold\\*\\* \\_it\\_ \\[a\\](b) \\~\\~no\\~\\~ &amp;lt; \\\\ \\$x\\$ @<!-- -->all o/r#<!-- -->12\\\\n\\\\n# head | ',
    );
    expect(text).toContain('\n### [a\\|b\\](http:x)&lt;i&gt;\\\\n\\`.yml](https://git.example/a%7Cb%5D%28http%3Ax%29%3Ci%3E%0A%60.yml)\n');
  });
});
