import { expect, it } from 'vitest';
import { index, nameOf, page, textOf } from '../../src/docs/page.ts';
import { defineRule, type Rule } from '../../src/rule.ts';

const rule = defineRule({
  meta: {
    id: 'no-cors',
    summary: 'CORS is missing.',
    since: '0.1.0',
    preset: 'strict',
    why: '\nBrowsers refuse.\n',
    remedy: 'Set it.',
    outranks: ['other-rule'],
    references: ['https://fetch.spec.whatwg.org/#http-cors-protocol', 'https://example.com/a'],
  },
  messages: {
    refused: { severity: 'warning', harm: 'exposed', text: 'a | b {path}' },
    worse: { severity: 'error', harm: 'broken', text: 'it breaks' },
  },
  options: { ignore: { type: 'strings', description: 'Globs\nof paths.', default: ['**/hook|s'] } },
  fix: { title: 'set it', safety: 'unsafe' },
  examples: {
    bad: [{ as: 'serverless', code: '\nservice: a\n', files: { 'src/a.js': '// ```\n' }, options: { ignore: [] } }],
    good: [{ as: 'cloudformation', code: '\n{ "Resources": {} }\n' }],
  },
  check: { *problem() {} },
});

it('prints all there is to say of a rule, and nothing else', async () => {
  const seen: string[] = [];
  const text = await page(rule, async (example) => (seen.push(example.code), '1:1  error  it breaks  no-cors\n'));
  expect(seen).toEqual(['\nservice: a\n']);
  expect(text).toMatchInlineSnapshot(`
    "<!-- Printed from no-cors.ts by \`npm run docs\`. -->

    # no-cors

    CORS is missing.

    *Since 0.1.0 · preset \`strict\` · fix (unsafe): set it*

    Browsers refuse.

    ## What to do

    Set it.

    ## Reported

    With the options \`{"ignore":[]}\`:

    \`serverless.yml\`:

    \`\`\`yaml
    service: a
    \`\`\`

    \`src/a.js\`:

    \`\`\`\`js
    // \`\`\`
    \`\`\`\`

    \`\`\`text
    1:1  error  it breaks  no-cors
    \`\`\`

    ## Accepted

    \`\`\`json
    { "Resources": {} }
    \`\`\`

    ## Messages

    | Id | Severity | Harm | Message |
    | --- | --- | --- | --- |
    | \`refused\` | warning | exposed | a \\| b {path} |
    | \`worse\` | error | broken | it breaks |

    Where this rule reports something, [other-rule](other-rule.md) says nothing about the same place.

    ## Options

    | Option | Type | Default |  |
    | --- | --- | --- | --- |
    | \`ignore\` | a list of strings | \`["**/hook\\|s"]\` | Globs of paths. |

    ## References

    - <https://fetch.spec.whatwg.org/#http-cors-protocol>
    - <https://example.com/a>
    "
  `);
});

it('shows no example of what the engine itself reports', async () => {
  const text = await page({ ...rule, check: {} }, async () => '');
  expect(text).toContain('## Reported\n\nBy the engine itself: no template is known that brings it about.\n\n## Messages');
});

it('lists the worst first, then by name', () => {
  const named = (id: string, severity: 'error' | 'note'): Rule => ({
    ...rule,
    meta: { ...rule.meta, id, preset: 'recommended' },
    messages: { only: { severity, harm: 'untidy', text: 'x' } },
  });
  expect(index([named('c-note', 'note'), named('b-error', 'error'), named('a-error', 'error'), rule], 'rules/')).toMatchInlineSnapshot(`
    "| Rule | Severity | Harm | Reports |
    | --- | --- | --- | --- |
    | [a-error](rules/a-error.md) | error | untidy | CORS is missing. |
    | [b-error](rules/b-error.md) | error | untidy | CORS is missing. |
    | [no-cors](rules/no-cors.md) | error, warning (strict) | broken, exposed | CORS is missing. |
    | [c-note](rules/c-note.md) | note | untidy | CORS is missing. |"
  `);
});

it('shows and lints the same text of an example, under the name that its dialect gives it', () => {
  expect(textOf('\n\n  a: 1\nb: 2\n\n')).toBe('  a: 1\nb: 2\n');
  expect([rule.examples.bad[0], rule.examples.good[0]].map(nameOf)).toEqual(['serverless.yml', 'template.json']);
});
