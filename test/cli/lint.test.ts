import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Misuse } from '../../src/config/misuse.ts';
import { lint, type Input, type LintOptions, type LintResult } from '../../src/lint.ts';
import { positionAt } from '../../src/source/lines.ts';
import { describe as worldText } from '../../src/value/verdict.ts';
import { CWD, PARTS, project } from './doubles.ts';

const linted = (inputs: readonly Input[], files: Readonly<Record<string, string>>, options: LintOptions = {}): Promise<LintResult> =>
  lint(inputs, { cwd: CWD, ...options }, project(files), PARTS);

/** 'serverless.yml 2:10 this is error', for each finding; a clean file's name alone. */
function lines({ files }: LintResult): string[] {
  return files.flatMap(({ path: at, findings }) => {
    const file = path.relative(CWD, at);
    const said = findings.map(({ primary, message, certainty, when }) => {
      const { line, column } = positionAt(primary.file, primary.start);
      return [file, `${line}:${column}`, message, ...(certainty === 'possible' ? ['?'] : []), ...when.map(worldText)].join(' ');
    });
    return said.length > 0 ? said : [file];
  });
}

describe('findings belong to the file in which the value is written', () => {
  it('in the order of the documents, clean files too', async () =>
    expect(
      lines(
        await linted(['.'], {
          'z/serverless.yml': 'service: z\nfaults: [z]\n',
          'a/serverless.yml': 'service: a\nfaults: [late, early]\n',
          'clean/serverless.yml': 'service: c\n',
        }),
      ),
    ).toEqual([
      'a/serverless.yml 2:10 this is late',
      'a/serverless.yml 2:16 this is early',
      'clean/serverless.yml',
      'z/serverless.yml 2:10 this is z',
    ]));

  it('and that of an included one after those, once for all that include it', async () =>
    expect(
      lines(
        await linted(['.'], {
          '.git/HEAD': '',
          'a/serverless.yml': 'service: a\ninclude: [../shared/x.txt]\n',
          'b/serverless.yml': 'service: b\ninclude: [../shared/x.txt]\n',
          'shared/x.txt': 'faults: [shared, in-prod, possible]\n',
        }),
      ),
    ).toEqual([
      'a/serverless.yml',
      'b/serverless.yml',
      'shared/x.txt 1:10 this is shared',
      'shared/x.txt 1:18 this is in-prod stage = prod',
      'shared/x.txt 1:27 this is possible ?',
    ]));

  it('a part of a serverless.yml is no template by itself, whether found or named', async () => {
    const files = {
      'serverless.yml': 'service: a\ninclude: [resources.yml]\n',
      'other.yml': 'Resources: {A: {Type: AWS::ApiGateway::RestApi}}\nfaults: [other]\n',
      'resources.yml': 'Resources: {A: {Type: AWS::ApiGateway::Method}}\nfaults: [part]\ninclude: [none.yml]\n',
    };
    const expected = ['other.yml 2:10 this is other', 'resources.yml 2:10 this is part'];
    expect(lines(await linted(['.'], files)).filter((line) => !line.startsWith('serverless.yml'))).toEqual(expected);
    expect(lines(await linted(['resources.yml', 'serverless.yml'], files))).toEqual([expected[1], 'serverless.yml']);
    // By itself it is what it says it is.
    expect(lines(await linted(['resources.yml'], files))).toEqual([expected[1], 'resources.yml 3:11 this is missing']);
  });

  it('a serverless.yml of which another one takes a part is linted all the same', async () => {
    const files = {
      '.git/HEAD': '',
      'a/serverless.yml': 'service: a\ninclude: [../b/serverless.yml]\n',
      'b/serverless.yml': 'service: b\nfaults: [b]\ninclude: [none.yml]\n',
    };
    expect(lines(await linted(['.'], files))).toEqual([
      'a/serverless.yml',
      'b/serverless.yml 2:10 this is b',
      'b/serverless.yml 3:11 this is missing',
    ]);
  });
});

describe('a file is claimed', () => {
  const broken = 'service: a\nfaults: [error\nnext: {\n';

  it('by its content, whatever it is called', async () =>
    expect(
      lines(
        await linted(['orders', 'x.template', 'serverless.json'], {
          orders: 'service: a\nfaults: [o]',
          'x.template': '{"Resources": {}, "faults": ["x"]}',
          'serverless.json': '{"Resources": {}, "faults": ["j"]}',
        }),
      ),
    ).toEqual(['orders 2:10 this is o', 'x.template 1:30 this is x', 'serverless.json 1:30 this is j']));

  it.each(['serverless.yml', 'serverless.prod.yml', 'template.yaml', 'api.template', 'Api.template.json'])(
    'by its name, where it is broken from the start: %s',
    async (name) => {
      const { files, notices } = await linted([name], { [name]: '}{' });
      expect(notices).toEqual([]);
      expect(files).toMatchObject([{ findings: [{ rule: 'unreadable-file', severity: 'error' }] }]);
    },
  );

  it('and linted as far as it goes, where it breaks in the middle', async () => {
    const result = await linted(['serverless.yml'], { 'serverless.yml': broken });
    expect(result.files.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain('unreadable-file');
  });

  const BOMB = `a: &a0 [x]\n${Array.from({ length: 9 }, (_, i) => `b${i}: &a${i + 1} [${`*a${i}, `.repeat(9)}]\n`).join('')}`;
  it.each([
    ['an alias bomb', BOMB, 'its aliases expand to more than 500,000 values'],
    ['lists in lists', `a: ${'['.repeat(200)}${']'.repeat(200)}\n`, 'its lists and maps are nested more than 100 deep'],
  ])('by its words, where nothing of it can be read: %s', async (_, text, why) => {
    const { files, notices } = await linted(['stack.yaml'], {
      'stack.yaml': `${text}Resources:\n  Api: { Type: AWS::ApiGateway::RestApi }\n`,
    });
    expect(notices).toEqual([]);
    expect(files).toMatchObject([{ findings: [{ rule: 'unreadable-file', severity: 'error', message: expect.stringContaining(why) }] }]);
  });

  it('by nobody, where neither tells; then it is said why', async () => {
    const { files, notices, nothing } = await linted(['ci.yml'], { 'ci.yml': 'a: {' });
    expect([files, nothing]).toEqual([[], undefined]);
    expect(notices).toEqual([expect.stringMatching(/^skipped ci\.yml: it is broken \(.+\), and what can be read of it is no template$/)]);
  });
});

describe('places', () => {
  it.each([
    ['CRLF', 'service: a\r\nfaults:\r\n  - error\r\n', '3:5'],
    ['a byte order mark before it', '\uFEFFfaults: [error]\nservice: a\n', '1:10'],
    ['both', '\uFEFFservice: a\r\nfaults: [error]\r\n', '2:10'],
    ['characters of two UTF-16 units before it', 'service: "😀"\nfaults: ["😀", error]\n', '2:16'],
  ])('with %s', async (_, text, place) => {
    const said = lines(await linted(['serverless.yml'], { 'serverless.yml': text }));
    expect(said.at(-1)).toBe(`serverless.yml ${place} this is error`);
  });

  it('in files with any name', async () =>
    expect(lines(await linted(['größe/日本 (1).yml'], { 'größe/日本 (1).yml': 'service: a\nfaults: [error]' }))).toEqual([
      'größe/日本 (1).yml 2:10 this is error',
    ]));
});

describe('as a library', () => {
  it('lints a text in place of what is on the disk, beside the files that are', async () => {
    const files = { 'serverless.yml': 'service: a\nfaults: [old]\n', 'x.yml': 'faults: [x]\n' };
    expect(lines(await linted([{ path: 'serverless.yml', content: 'service: a\nfaults: [new]\ninclude: [x.yml]\n' }], files))).toEqual([
      'serverless.yml 2:10 this is new',
      'x.yml 1:10 this is x',
    ]);
  });

  it('refuses a rule that there is not', async () => expect(linted(['a'], {}, { rules: { nothing: 'off' } })).rejects.toThrow(Misuse));

  it('says that there is nothing to lint, and throws nothing', async () =>
    expect(await linted(['nothing'], {})).toMatchObject({ files: [], nothing: 'no such file or folder: nothing' }));

  it('hands over what a rule threw', async () => {
    const { crashes, files } = await linted(['serverless.yml'], { 'serverless.yml': 'service: a\nfaults: [error, rule-throws, error]\n' });
    expect(crashes).toMatchObject([{ file: path.join(CWD, 'serverless.yml'), where: 'the rule a-fault', error: new Error('s3cret') }]);
    // What it said of other things stands.
    expect(files[0]?.findings).toMatchObject([{ message: 'this is error' }, { message: 'this is error' }]);
  });
});
