import { createHash } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { rules } from '../../../rules/index.ts';
import type { Finding } from '../../../src/finding.ts';
import { MOST_RESULTS } from '../../../src/report/sarif.ts';
import { defineRule } from '../../../src/rule.ts';
import { CWD, fileOf, fileReport, finding, place, report, stage, suppressed } from '../findings.ts';
import { faultsOf, logOf, resultsOf, runOf } from './log.ts';

const file = fileOf('api/serverless.yml', 'a: 1\nb: "ä😀" # end\n');
const other = fileOf('shared/base.yml', 'x: 1\ny: 2\n');
const resultOf = (more: Partial<Finding>, at = place(file, '1', ['a'])) => resultsOf(report([fileReport(file, finding(at, more))]))[0];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const someRule = defineRule({
  meta: {
    id: 'some-rule',
    summary: 'Something is open.',
    since: '0.1.0',
    preset: 'strict',
    why: '\nIt is **really**\nopen, see [this](https://x.example).\n\nAnd `so` on.\n',
    remedy: '\nShut it.\n',
    references: ['https://a.example/', 'https://b.example/'],
  },
  messages: {
    shown: { severity: 'warning', harm: 'exposed', text: 'it is open' },
    found: { severity: 'error', harm: 'broken', text: 'it is broken' },
  },
  options: {},
  examples: { bad: [{ as: 'serverless', code: '' }], good: [{ as: 'serverless', code: '' }] },
  check: {},
});

describe('a log', () => {
  const full = logOf(
    report(
      [
        fileReport(
          file,
          finding(place(file, '"ä😀"', ['b']), {
            message: 'no. It never works.',
            api: 'ShopApi',
            subjects: ['GET /a', 'PUT /a'],
            when: [stage('dev'), stage('prod')],
            related: [{ at: place(other, 'y', ['y']), text: 'from here' }],
            fix: { title: 'Mend it', safety: 'safe', edits: [{ at: place(file, '"ä😀"'), text: 'c' }] },
          }),
          finding(place(file, '1', ['a']), suppressed(place(file, '# end'), 'known')),
        ),
        fileReport(other),
      ],
      { rules: [someRule] },
    ),
  );

  it('is what code scanning takes, to the last value', () => {
    const a = 'shared/base.yml';
    const b = 'api/serverless.yml';
    const at = (uri: string) => ({ uri, uriBaseId: '%SRCROOT%' });
    expect(full).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cors-lint',
              semanticVersion: manifest.version,
              informationUri: 'https://www.npmjs.com/package/cors-lint',
              rules: [
                {
                  id: 'some-rule',
                  name: 'SomeRule',
                  shortDescription: { text: 'Something is open.' },
                  fullDescription: { text: 'It is really open, see this.\n\nAnd `so` on.' },
                  help: {
                    text: 'It is really open, see this.\n\nAnd `so` on.\n\nWhat to do:\n\nShut it.\n\nReferences:\n\n- https://a.example/\n- https://b.example/',
                    markdown:
                      'It is **really**\nopen, see [this](https://x.example).\n\nAnd `so` on.\n\n## What to do\n\nShut it.\n\n## References\n\n- <https://a.example/>\n- <https://b.example/>',
                  },
                  helpUri: 'https://unpkg.com/cors-lint/rules/some-rule.md',
                  defaultConfiguration: { level: 'error' },
                  properties: {
                    tags: ['cors', 'security', 'external/cwe/cwe-942', 'correctness'],
                    precision: 'medium',
                    'problem.severity': 'error',
                    'security-severity': '5.4',
                  },
                },
              ],
            },
          },
          automationDetails: { id: 'cors-lint/' },
          originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///project/' } },
          columnKind: 'utf16CodeUnits',
          invocations: [{ executionSuccessful: true }],
          results: [
            {
              ruleId: 'some-rule',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'no. It never works (when stage = dev, or when stage = prod).' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: at(b),
                    region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 9, snippet: { text: '"ä😀"' } },
                    contextRegion: { startLine: 1, startColumn: 1, endLine: 3, endColumn: 1, snippet: { text: file.text } },
                  },
                  logicalLocations: [
                    { name: 'ShopApi', fullyQualifiedName: 'ShopApi', kind: 'resource' },
                    { name: 'GET /a', fullyQualifiedName: 'ShopApi/GET /a', kind: 'member' },
                    { name: 'PUT /a', fullyQualifiedName: 'ShopApi/PUT /a', kind: 'member' },
                  ],
                },
              ],
              relatedLocations: [
                {
                  physicalLocation: {
                    artifactLocation: at(a),
                    region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 2, snippet: { text: 'y' } },
                    contextRegion: { startLine: 1, startColumn: 1, endLine: 3, endColumn: 1, snippet: { text: other.text } },
                  },
                  message: { text: 'from here' },
                },
              ],
              partialFingerprints: { 'corsLint/v1': sha256('["some-rule","api/serverless.yml","/b","found"]0') },
              fixes: [
                {
                  description: { text: 'Mend it.' },
                  artifactChanges: [
                    {
                      artifactLocation: at(b),
                      replacements: [
                        { deletedRegion: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 9 }, insertedContent: { text: 'c' } },
                      ],
                    },
                  ],
                },
              ],
              suppressions: [],
              properties: { certainty: 'certain', harm: 'broken', when: ['stage = dev', 'stage = prod'] },
            },
            {
              ruleId: 'some-rule',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'it does not work.' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: at(b),
                    region: { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5, snippet: { text: '1' } },
                    contextRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 15, snippet: { text: 'a: 1\nb: "ä😀" # end' } },
                  },
                },
              ],
              partialFingerprints: { 'corsLint/v1': sha256('["some-rule","api/serverless.yml","/a","found"]0') },
              suppressions: [{ kind: 'inSource', justification: 'known' }],
              properties: { certainty: 'certain', harm: 'broken' },
            },
          ],
        },
      ],
    });
  });

  it('holds to the schema', () => expect(faultsOf(full)).toEqual([]));

  it('is a log also where nothing is found', () => {
    const log = logOf(report([fileReport(file)], { rules }));
    expect(log.runs[0].results).toEqual([]);
    expect(faultsOf(log)).toEqual([]);
  });
});

describe('a result', () => {
  it.each([
    [{ severity: 'warning' }, 'warning'],
    [{ severity: 'note' }, 'note'],
    [{ severity: 'error', certainty: 'possible' }, 'note'],
  ] satisfies [Partial<Finding>, string][])('%j is at level %s', (more, level) => expect(resultOf(more)).toMatchObject({ level }));

  it('that is merely possible says so', () =>
    expect(resultOf({ certainty: 'possible' })?.properties).toMatchObject({ certainty: 'possible' }));

  it('says nothing of suppressions unless one of the run is suppressed, and no reason that is not given', () => {
    expect(resultOf({})).not.toHaveProperty('suppressions');
    expect(resultOf(suppressed(place(file, 'a')))?.suppressions).toEqual([{ kind: 'inSource' }]);
  });

  it('has paths from the root, and the whole URI where a file lies outside', () => {
    const [inside, outside] = [fileOf('api/a b/ü#1.yml', 'a'), fileOf('../far.yml', 'a')];
    const all = resultsOf(
      report([fileReport(inside, finding(place(inside, 'a'))), fileReport(outside, finding(place(outside, 'a')))], {
        root: path.join(CWD, 'api'),
      }),
    );
    expect(all.map(({ locations }) => locations[0].physicalLocation.artifactLocation)).toEqual([
      { uri: 'a%20b/%C3%BC%231.yml', uriBaseId: '%SRCROOT%' },
      { uri: 'file:///far.yml' },
    ]);
  });

  it('takes text of templates as text: no link, no argument, no half character, no control character', () => {
    const message = 'see [this](1) and [that], {0} and {id}, \u001b[31m\u202e half \uD83D.';
    const result = resultOf({ message, related: [{ at: place(file, 'b'), text: '[x](https://evil.example)\n' }] });
    expect(result?.message.text).toBe('see \\[this](1) and [that], {{0}} and {id}, \\x1b[31m\\u202e half \uFFFD.');
    expect(result?.relatedLocations?.map((one) => one.message.text)).toEqual(['\\[x](https://evil.example)\\n']);
  });

  it('names a rule that the registry does not hold', () => {
    const { tool, results } = runOf(
      report([fileReport(file, finding(place(file, 'a'), { rule: 'my-own', severity: 'warning' }))], { rules }),
    );
    const { rules: all } = tool.driver;
    expect(all.slice(0, -1).map(({ id }) => id)).toEqual(rules.map(({ meta }) => meta.id));
    expect(all.at(-1)).toMatchObject({ id: 'my-own', name: 'MyOwn', defaultConfiguration: { level: 'warning' } });
    expect(results[0]?.ruleIndex).toBe(rules.length);
  });
});

describe('the code beside a result', () => {
  const placeIn = (text: string, word: string) => {
    const of = fileOf('a.yml', text);
    return resultsOf(report([fileReport(of, finding(place(of, word)))]))[0]?.locations[0].physicalLocation;
  };

  it('goes with CRLF and a byte order mark', () => {
    expect(placeIn('\uFEFFa: 1\r\nb: 2\r\nc: 3\r\nd: 4\r\n', '2')).toMatchObject({
      region: { startLine: 2, startColumn: 4, endLine: 2, endColumn: 5, snippet: { text: '2' } },
      contextRegion: { startLine: 1, startColumn: 1, endLine: 3, endColumn: 5, snippet: { text: 'a: 1\r\nb: 2\r\nc: 3' } },
    });
    expect(placeIn('\uFEFFa: 1', 'a')?.region).toMatchObject({ startColumn: 1, endColumn: 2 });
  });

  it('has no context where there is none', () => {
    expect(placeIn('all', 'all')).not.toHaveProperty('contextRegion');
    expect(placeIn('', '')).toMatchObject({ region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1, snippet: { text: '' } } });
  });

  it('is short where a template is one long line, and where a place is large', () => {
    const near = placeIn(`${'😀'.repeat(1000)}here${'😀'.repeat(1000)}`, 'here');
    expect(near?.contextRegion?.snippet?.text).toMatch(/^(?:😀){200}here(?:😀){200}$/u);
    expect(near?.contextRegion).toMatchObject({ startLine: 1, startColumn: 1601, endColumn: 2405 });
    const large = placeIn(`a\n${'x'.repeat(3000)}\nb`, 'x'.repeat(3000));
    expect(large?.region).toEqual({ startLine: 2, startColumn: 1, endLine: 2, endColumn: 3001 });
    expect(large).not.toHaveProperty('contextRegion');
  });
});

describe('a fix', () => {
  const crlf = fileOf('crlf.yml', '\uFEFFa: 1\r\nb: 2\r\nlast: 3');
  const edits = [
    { at: place(crlf, '3'), text: '4' },
    { at: { ...place(crlf, 'b'), end: place(crlf, 'b').start }, text: 'new: 1\r\n' },
    { at: place(other, 'x'), text: 'z' },
    { at: place(crlf, 'a: 1\r\n'), text: '' },
  ];

  it('is by lines and columns, in order, file by file', () => {
    const fix = { title: 'do [so](1)', safety: 'safe', edits } as const;
    const region = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
      startLine,
      startColumn,
      endLine,
      endColumn,
    });
    expect(resultOf({ fix })?.fixes).toEqual([
      {
        description: { text: 'do \\[so](1).' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'crlf.yml', uriBaseId: '%SRCROOT%' },
            replacements: [
              { deletedRegion: region(1, 1, 2, 1), insertedContent: { text: '' } },
              { deletedRegion: region(2, 1, 2, 1), insertedContent: { text: 'new: 1\r\n' } },
              { deletedRegion: region(3, 7, 3, 8), insertedContent: { text: '4' } },
            ],
          },
          {
            artifactLocation: { uri: 'shared/base.yml', uriBaseId: '%SRCROOT%' },
            replacements: [{ deletedRegion: region(1, 1, 1, 2), insertedContent: { text: 'z' } }],
          },
        ],
      },
    ]);
  });

  it('that is not safe is left out: programs apply them unasked', () => {
    expect(resultOf({ fix: { title: 'x', safety: 'unsafe', edits } })).not.toHaveProperty('fixes');
    expect(resultOf({ fix: { title: 'x', safety: 'safe', edits: [] } })).not.toHaveProperty('fixes');
  });
});

describe('a run', () => {
  it('that met a bug was no success, and names it', () => {
    const run = runOf(report([], { rules, crashes: [{ where: 'the rule missing-cors', file: path.join(CWD, 'a b.yml') }] }));
    expect(run.invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'crash' },
            level: 'error',
            message: { text: 'the rule missing-cors failed at a b.yml: that is a bug in cors-lint, please report it.' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'a%20b.yml', uriBaseId: '%SRCROOT%' } } }],
          },
        ],
      },
    ]);
    expect(faultsOf(logOf(report([], { crashes: [{ where: 'x', file: '/a' }] })))).toEqual([]);
  });

  it('holds at most what code scanning takes, the most severe, and says so', () => {
    const findings = Array.from({ length: MOST_RESULTS + 11 }, (_, i) =>
      finding(place(file, 'a'), { severity: (['note', 'warning', 'error'] as const)[i % 3] ?? 'error' }),
    );
    const run = runOf(report([fileReport(file, ...findings)], { rules: [someRule] }));
    const levels = run.results.map(({ level }) => level);
    expect(levels).toHaveLength(25_000);
    expect(levels.filter((level) => level === 'note')).toHaveLength(findings.length / 3 - 11);
    expect(levels.slice(0, 3)).toEqual(['note', 'warning', 'error']);
    expect(run.invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            descriptor: { id: 'too-many-results' },
            level: 'warning',
            message: {
              text: '11 findings are left out, the least severe: code scanning takes at most 25000 results. Lint parts of the repository by themselves.',
            },
          },
        ],
      },
    ]);
  });
});
