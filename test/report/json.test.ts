import { describe, expect, it } from 'vitest';
import type { Fix } from '../../src/finding.ts';
import type { FileReport } from '../../src/report/report.ts';
import { json } from '../../src/report/json.ts';
import { fileOf, fileReport, finding, place, report, stage } from './findings.ts';

const file = fileOf('serverless.yml', 'cors: true\nname: "ä😀" # end\n');
const other = fileOf('shared/base.yml', 'a: 1\nb: 2\n');
const results = (...files: FileReport[]): unknown => JSON.parse(json(report(files)));
const message = (...more: Parameters<typeof finding>): unknown =>
  (results(fileReport(file, finding(...more))) as { messages: unknown[] }[])[0]?.messages[0];

describe('json', () => {
  it('is ESLint’s result shape, and cors-lint’s own keys after it', () => {
    const text = json(
      report([
        fileReport(
          file,
          finding(place(file, 'true'), {
            api: 'ShopApi',
            subjects: ['GET /a', 'PUT /a'],
            when: [stage('dev'), stage('prod')],
            related: [{ at: place(other, 'b'), text: 'from here' }],
          }),
          finding(place(file, 'name'), { severity: 'warning' }),
          finding(place(file, 'end'), { severity: 'note' }),
          finding(place(file, 'end'), { certainty: 'possible' }),
          finding(place(file, 'end'), { rule: 'unreadable-file' }),
        ),
        fileReport(other),
      ]),
    );
    const common = { message: 'it does not work', certainty: 'certain', when: [], related: [] };
    const docsUrl = 'https://unpkg.com/cors-lint/rules/some-rule.md';
    const end = { line: 2, column: 15, endLine: 2, endColumn: 18 };
    const [result, clean] = JSON.parse(text) as [{ messages: object[] }, unknown];
    expect(result).toEqual({
      filePath: file.path,
      messages: [
        {
          ...common,
          ruleId: 'some-rule',
          severity: 2,
          line: 1,
          column: 7,
          endLine: 1,
          endColumn: 11,
          when: ['stage = dev', 'stage = prod'],
          related: [{ filePath: other.path, message: 'from here', line: 2, column: 1, endLine: 2, endColumn: 2 }],
          docsUrl,
          api: 'ShopApi',
          endpoint: 'GET /a, PUT /a',
        },
        { ...common, ruleId: 'some-rule', severity: 1, line: 2, column: 1, endLine: 2, endColumn: 5, docsUrl },
        { ...common, ruleId: 'some-rule', severity: 0, ...end, docsUrl },
        { ...common, ruleId: 'some-rule', severity: 1, ...end, certainty: 'possible', docsUrl },
        { ...common, ruleId: 'unreadable-file', severity: 2, ...end, docsUrl: docsUrl.replace('some-rule', 'unreadable-file') },
      ],
      suppressedMessages: [],
      errorCount: 2,
      fatalErrorCount: 1,
      warningCount: 2,
      fixableErrorCount: 0,
      fixableWarningCount: 0,
    });
    expect(Object.keys(result.messages[0] ?? {}).slice(0, 7)).toEqual([
      'ruleId',
      'severity',
      'message',
      'line',
      'column',
      'endLine',
      'endColumn',
    ]);
    expect(clean).toMatchObject({ filePath: other.path, messages: [], errorCount: 0 });
    expect(text).not.toContain('null');
  });

  it('is an empty list for no files', () => expect(json(report([]))).toBe('[]\n'));

  it('holds no raw control character, and loses none', () => {
    const text = json(
      report([fileReport(fileOf('a\u009b.yml', 'x'), finding(place(file, 'end'), { message: '\u001b[31m\u009b2J\u007f' }))]),
    );
    // oxlint-disable-next-line no-control-regex
    expect(text.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(JSON.parse(text)).toMatchObject([
      { filePath: expect.stringContaining('\u009b'), messages: [{ message: '\u001b[31m\u009b2J\u007f' }] },
    ]);
  });
});

describe('fixes', () => {
  const fix = (safety: Fix['safety'], ...edits: Fix['edits']): { readonly fix: Fix } => ({ fix: { title: 'mend it', safety, edits } });

  it('are one joined edit', () => {
    const edits = [
      { at: place(file, 'name'), text: 'title' },
      { at: place(file, 'true'), text: 'false' },
    ];
    const fixed = message(place(file, 'cors'), fix('safe', ...edits)) as { fix: { range: [number, number]; text: string } };
    expect(fixed.fix).toEqual({ range: [6, 15], text: 'false\ntitle' });
    const { range, text } = fixed.fix;
    expect(file.text.slice(0, range[0]) + text + file.text.slice(range[1])).toBe('cors: false\ntitle: "ä😀" # end\n');
  });

  it('that are not safe are suggestions, which no program applies unasked', () => {
    const suggested = message(place(file, 'cors'), fix('unsafe', { at: place(file, 'true'), text: 'false' }));
    expect(suggested).toMatchObject({ suggestions: [{ desc: 'mend it', fix: { range: [6, 10], text: 'false' } }] });
    expect(suggested).not.toHaveProperty('fix');
  });

  it('that touch another file are edits', () => {
    const edits = message(
      place(file, 'cors'),
      fix('safe', { at: place(other, '2'), text: '3' }, { at: place(file, 'true'), text: 'false' }),
    );
    expect(edits).toMatchObject({
      edits: [
        { filePath: other.path, range: [8, 9], text: '3' },
        { filePath: file.path, range: [6, 10], text: 'false' },
      ],
    });
    expect(edits).not.toHaveProperty('fix');
  });

  it('are counted where they are safe', () => {
    const one = { at: place(file, 'true'), text: 'false' };
    const findings = [
      finding(place(file, 'cors'), fix('safe', one)),
      finding(place(file, 'name'), { severity: 'warning', ...fix('safe', one) }),
      finding(place(file, 'end'), fix('unsafe', one)),
    ];
    expect(results(fileReport(file, ...findings))).toMatchObject([
      { errorCount: 2, warningCount: 1, fixableErrorCount: 1, fixableWarningCount: 1 },
    ]);
  });

  it('do not count a byte order mark, as ESLint does not', () => {
    const marked = fileOf('marked.yml', '\uFEFFa: 1');
    expect(results(fileReport(marked, finding(place(marked, 'a'), fix('safe', { at: place(marked, '1'), text: '2' }))))).toMatchObject([
      { messages: [{ column: 1, fix: { range: [3, 4] } }] },
    ]);
  });
});
