import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../src/cli/environment.ts';
import { git } from '../../src/cli/git.ts';
import { revisionOf } from '../../src/cli/revision.ts';
import { nodeIo } from '../../src/config/node-io.ts';
import { SHIPPED } from '../../src/lint.ts';
import { KINDS } from '../../src/diff/kinds.ts';
import { faultsOf } from '../report/sarif/log.ts';
import { run, type Ran } from './doubles.ts';

const FIXTURES = path.resolve('fixtures/diff');
const read = (file: string): string => readFileSync(path.join(FIXTURES, file), 'utf8');
const BEFORE = read('rest-origin-changed/before.yml');
const AFTER = read('rest-origin-changed/after.yml');

let repository: string;

/** Nothing of the machine's own configuration. */
const gitHere = (...args: string[]): void =>
  void execFileSync(
    'git',
    ['-C', repository, '-c', 'user.name=n', '-c', 'user.email=n@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      stdio: 'pipe',
    },
  );

function put(file: string, content: string | Uint8Array): void {
  const at = path.join(repository, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, content);
}

beforeAll(() => {
  repository = realpathSync(mkdtempSync(path.join(tmpdir(), 'cors-lint-')));
  gitHere('init', '-q', '-b', 'main');
  put('template.yaml', BEFORE);
  put('blob.yaml', new Uint8Array([1, 0, 2, 3]));
  put('broken.yaml', 'Resources: { Api: [\n');
  put('notes.txt', 'no template\n');
  put('serverless.yml', read('serverless-origin-changed/before.serverless.yml'));
  cpSync(path.join(FIXTURES, 'nested/before'), path.join(repository, 'stack'), { recursive: true });
  symlinkSync('/etc/hostname', path.join(repository, 'link.yaml'));
  gitHere('add', '-A');
  gitHere('commit', '-qm', 'one');
  put('template.yaml', AFTER);
  put('serverless.yml', read('serverless-origin-changed/after.serverless.yml'));
  cpSync(path.join(FIXTURES, 'nested/after'), path.join(repository, 'stack'), { recursive: true });
  gitHere('commit', '-qam', 'two');
});

afterAll(() => rmSync(repository, { recursive: true, force: true }));

const diff = (argv: readonly string[], more: Partial<Environment> = {}): Promise<Ran> =>
  run(['diff', '--no-config', ...argv], nodeIo, { cwd: repository, git: () => Promise.resolve(git), ...more }, SHIPPED);

/** What a pipe brings. */
const piped = (text: string): Partial<Environment> => ({ stdin: () => new TextEncoder().encode(text) });

const told = ({ stdout }: Ran): readonly string[] => [...stdout.matchAll(/ {2}(diff-[a-z-]+)$/gm)].map(([, kind = '']) => kind);

describe('what is compared', () => {
  it('may be files', async () => {
    const ran = await diff([path.join(FIXTURES, 'rest-origin-changed/before.yml'), 'template.yaml']);
    expect([ran.code, told(ran)]).toEqual([1, ['diff-blocked', 'diff-opened']]);
    expect(ran.stderr).toMatch(/^cors-lint: compared .*before\.yml with template\.yaml: 1 API, \d+ requests from pages\n$/);
  });

  it.each([
    ['a revision and a file', 'HEAD~1:template.yaml', 'template.yaml'],
    ['two revisions', 'HEAD~1:template.yaml', 'main:template.yaml'],
    ['a revision by its message', 'HEAD^{/one}:template.yaml', 'template.yaml'],
  ])('may be %s', async (_, ...operands) => {
    const ran = await diff(operands);
    expect([ran.code, told(ran)]).toEqual([1, ['diff-blocked', 'diff-opened']]);
    expect(ran.stdout).toMatch(/see template\.yaml:\d+: this let it pass before \(HEAD/);
  });

  it('may be folders, of which each document is compared with its like', async () => {
    const ran = await diff(['HEAD~1:', 'HEAD:']);
    expect(told(ran).toSorted()).toEqual([
      'diff-blocked',
      'diff-blocked',
      'diff-blocked',
      'diff-not-live',
      'diff-opened',
      'diff-opened',
      'diff-opened',
    ]);
    expect(ran.stderr).toContain('3 APIs');
  });

  it('takes what a template nests from the same revision', async () => {
    const ran = await diff(['HEAD~1:./template.yml', 'template.yml'], { cwd: path.join(repository, 'stack') });
    expect(ran.stdout).toContain('the stage of the REST API `Shop/Api` goes on serving the old preflight of /items');
    expect([ran.code, told(ran)]).toEqual([1, ['diff-not-live', 'diff-blocked', 'diff-opened']]);
  });

  it.each([
    ['a template', BEFORE],
    ['what `aws cloudformation get-template` prints', JSON.stringify({ StagesAvailable: ['Original'], TemplateBody: BEFORE })],
  ])('may be %s on standard input', async (_, text) => {
    const ran = await diff(['-', 'template.yaml'], piped(text));
    expect([ran.code, told(ran)]).toEqual([1, ['diff-blocked', 'diff-opened']]);
    expect(ran.stderr).toContain('compared standard input with template.yaml');
  });

  it('may be what get-template printed for a template in JSON', async () => {
    const body = { Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'x', ProtocolType: 'HTTP' } } } };
    const ran = await diff(['-', 'template.yaml'], piped(JSON.stringify({ TemplateBody: body })));
    expect(told(ran)).toEqual(['diff-api-removed']);
  });

  it('says how a serverless.yml is compared', async () => {
    const ran = await diff(['HEAD~1:serverless.yml', 'serverless.yml']);
    expect(ran.stderr).toContain('as the Serverless Framework compiles them at the stages that they know: 1 API');
    expect([ran.code, told(ran)]).toEqual([1, ['diff-blocked', 'diff-opened']]);
  });

  it('may be the same, and then nothing is told', async () => {
    const ran = await diff(['template.yaml', 'template.yaml', '--possible']);
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toContain('both are the same');
  });

  it('is asked from --origin as well', async () => {
    const star = BEFORE.replace('https://a.example.com', 'https://*').replace("'https://*'", "'*'");
    put('star.yaml', star);
    const ran = await diff(['star.yaml', 'template.yaml', '--origin', 'https://admin.example.com']);
    expect(ran.stdout).toContain('error    pages of https://admin.example.com can no longer call');
  });
});

describe('what cannot be compared is said, with exit code 2', () => {
  it.each([
    [[], 'takes two things to compare'],
    [['template.yaml'], 'takes two things to compare'],
    [['a', 'b', 'c'], 'takes two things to compare'],
    [['-', '-'], 'standard input can be only one of the two'],
    [['nope.yaml', 'template.yaml'], 'no such file or folder: nope.yaml\n'],
    [['HEAD~1', 'template.yaml'], 'no such file or folder: HEAD~1; of a revision, name the file too: HEAD~1:template.yaml'],
    [['HEAD~9:template.yaml', 'template.yaml'], 'there is no revision "HEAD~9" in this repository, or it was not fetched'],
    [['HEAD:nope.yaml', 'template.yaml'], 'there is no nope.yaml in HEAD\n'],
    [['HEAD:../../etc/passwd', 'template.yaml'], 'there is no ../../etc/passwd in HEAD\n'],
    [['HEAD:link.yaml', 'template.yaml'], 'HEAD:link.yaml cannot be compared'],
    [['--', '--output=x:template.yaml', 'template.yaml'], 'names no revision: none begins with a dash'],
    [['blob.yaml', 'template.yaml'], 'blob.yaml cannot be compared: it is not a text file'],
    [['HEAD:blob.yaml', 'template.yaml'], 'HEAD:blob.yaml cannot be compared: it is not a text file'],
    [['template.yaml', 'broken.yaml'], 'broken.yaml cannot be compared: '],
    [['template.yaml', 'notes.txt'], 'notes.txt cannot be compared: skipped notes.txt: it is neither'],
    [['template.yaml', 'template.yaml', '--format', 'table'], 'cors-lint diff has no table'],
    [['template.yaml', 'template.yaml', '--request', 'GET /'], '--request is for cors-lint simulate'],
  ])('%j', async (operands, says) => {
    const ran = await diff(operands);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(says);
  });

  it('from a folder within the repository, with the way to write it', async () => {
    const ran = await diff(['HEAD:shop.yml', 'shop.yml'], { cwd: path.join(repository, 'stack') });
    expect(ran).toMatchObject({ code: 2, stderr: 'cors-lint: there is no shop.yml in HEAD; from this folder, write HEAD:./shop.yml\n' });
  });

  it('outside of a repository, and without git', async () => {
    const outside = realpathSync(mkdtempSync(path.join(tmpdir(), 'cors-lint-')));
    const ran = await diff(['HEAD:x.yaml', 'y.yaml'], { cwd: outside });
    rmSync(outside, { recursive: true });
    expect(ran.stderr).toMatch(/^cors-lint: HEAD:x\.yaml cannot be read: not a git repository/);
    const { PATH } = process.env;
    process.env['PATH'] = repository;
    const without = await diff(['HEAD:template.yaml', 'template.yaml']);
    process.env['PATH'] = PATH;
    expect(without).toMatchObject({
      code: 2,
      stderr: 'cors-lint: HEAD:template.yaml cannot be read: git is not installed, or not on the PATH\n',
    });
  });

  it('a template that a manifest names and that is not there', async () => {
    put('app/cdk.out', '{"version":"52.0.0"}');
    const artifacts = { Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } } };
    put('app/manifest.json', JSON.stringify({ version: '52.0.0', artifacts }));
    const ran = await diff(['template.yaml', 'app']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('app cannot be compared: `Shop.template.json` is not there');
  });
});

describe('how it is reported', () => {
  const PAIR = ['HEAD~1:template.yaml', 'template.yaml'];

  it.each(['stylish', 'pretty', 'json', 'sarif', 'github', 'gitlab', 'markdown', 'compact'])('%s', async (format) => {
    const ran = await diff([...PAIR, '--format', format]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('https://a.example.com');
    expect(ran.stdout).toContain('diff-blocked');
  });

  it('markdown is a comment', async () => {
    const { stdout } = await diff([...PAIR, '--format', 'markdown']);
    const [title, , compared] = stdout.split('\n');
    expect(title).toBe('## cors-lint diff: 1 regression, 1 note');
    expect(compared).toBe('Compared <code>HEAD\\~1:template.yaml</code> with <code>template.yaml</code>.');
    expect(stdout).toContain('[diff-blocked](https://unpkg.com/cors-lint/rules/diff.md#diff-blocked)');
    const same = await diff(['template.yaml', 'template.yaml', '--format', 'markdown']);
    expect(same.stdout.split('\n')[0]).toBe('## cors-lint diff: nothing changes for browsers');
  });

  it('SARIF describes every kind of difference', async () => {
    const { stdout } = await diff([...PAIR, '--format', 'sarif']);
    const log = JSON.parse(stdout) as {
      readonly runs: readonly { readonly tool: { readonly driver: { readonly rules: readonly { id: string }[] } } }[];
    };
    expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(KINDS.map(({ meta }) => meta.id));
    expect(faultsOf(log)).toEqual([]);
  });

  it('warnings fail where --max-warnings says so, and --quiet leaves them out', async () => {
    const narrowed = ['before.yml', 'after.yml'].map((file) => path.join(FIXTURES, 'rest-star-narrowed', file));
    expect(await diff(narrowed)).toMatchObject({ code: 0 });
    expect(await diff([...narrowed, '--max-warnings', '0'])).toMatchObject({ code: 1 });
    expect(await diff([...narrowed, '--quiet'])).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('explain', () => {
  it.each(KINDS.map(({ meta }) => meta.id))('%s', async (id) => {
    const { code, stdout } = await run(['explain', id], {}, {}, SHIPPED);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^# ?${id}|^${id}`));
  });

  it('a kind that there is not', async () =>
    expect(await run(['explain', 'diff-bloked'], {}, {}, SHIPPED)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('diff tells no "diff-bloked" (did you mean diff-blocked?)') as string,
    }));
});

describe('revisions', () => {
  it.each([
    ['HEAD~1:a.yaml', { revision: 'HEAD~1', way: 'a.yaml' }],
    ['HEAD^{/fix: it}:a:b.yaml', { revision: 'HEAD^{/fix: it}', way: 'a:b.yaml' }],
    ['main@{2 days ago}:', { revision: 'main@{2 days ago}', way: '' }],
    [':a.yaml', undefined],
    ['a.yaml', undefined],
  ])('%j', (written, meant) => expect(revisionOf(written)).toEqual(meant));
});
