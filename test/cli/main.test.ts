import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FrontEnd } from '../../src/frontends/frontend.ts';
import type { Io } from '../../src/config/io.ts';
import { FORMATS } from '../../src/report/format.ts';
import { CWD, project, run } from './doubles.ts';

const NAMES = Object.keys(FORMATS);

const file = (...faults: string[]): string => `service: a\nfaults: [${faults.join(', ')}]\n`;

describe('exit codes', () => {
  it.each([
    ['a clean file', [], file(), 0],
    ['an error', [], file('error'), 1],
    ['warnings', [], file('warning', 'warning'), 0],
    ['as many warnings as allowed', ['--max-warnings', '2'], file('warning', 'warning'), 0],
    ['more warnings than allowed', ['--max-warnings=1'], file('warning', 'warning'), 1],
    ['more warnings than allowed, though hidden', ['--quiet', '--max-warnings', '1'], file('warning', 'warning'), 1],
    ['notes, which no bound counts', ['--max-warnings', '0'], file('note'), 0],
    ['possible findings', ['--possible', '--max-warnings', '0'], file('possible'), 0],
    ['an error made a warning', ['--rule', 'a-fault:warn'], file('error'), 0],
    ['a warning made an error', ['--rule', 'a-fault:error'], file('warning'), 1],
    ['a rule that is off', ['--rule', 'a-fault:off'], file('error'), 0],
    ['a front end that throws, beside an error', [], file('error', 'throw'), 3],
    ['a rule that throws, beside an error', [], file('error', 'rule-throws'), 3],
  ])('%s %j: %s', async (_, options, text, code) => {
    expect(await run([...options, 'serverless.yml'], { 'serverless.yml': text })).toMatchObject({ code });
  });

  it('says why, when there are too many warnings', async () => {
    const { stderr, stdout } = await run(['--quiet', '--max-warnings', '1', 'serverless.yml'], {
      'serverless.yml': file('warning', 'warning'),
    });
    expect([stdout, stderr]).toEqual(['', 'cors-lint: too many warnings: 2, and --max-warnings allows 1\n']);
  });
});

describe('what runs', () => {
  it('leaves strict rules out, unless they are asked for', async () => {
    const files = { 'serverless.yml': file('strict') };
    expect((await run([], files)).stdout).toBe('');
    expect((await run(['--preset', 'strict'], files)).stdout).toContain('warning  this is strict  strict-fault');
    expect((await run(['--rule', 'strict-fault:error'], files)).stdout).toContain('error  this is strict  strict-fault');
  });

  it('hands stages, parameters and environment to the front end', async () => {
    const seen: unknown[] = [];
    const { PARTS } = await import('./doubles.ts');
    const { main } = await import('../../src/cli/main.ts');
    const listening = PARTS.dialects.map((one) => ({
      ...one,
      load: async (): Promise<FrontEnd> => {
        const frontEnd = await one.load();
        return { ...frontEnd, lift: (document, context) => (seen.push(context.settings), frontEnd.lift(document, context)) };
      },
    }));
    const argv = ['--stage', 'dev', '--stage', 'prod', '--param', 'a=b=c', '--param', 'd=', '--env-file', '.env', '--env'];
    const silent = (): void => undefined;
    const environment = {
      cwd: CWD,
      env: { TWICE: 'real' },
      stdout: silent,
      stderr: silent,
      stdin: () => new Uint8Array(),
      writeFile: silent,
      stdoutIsTerminal: () => false,
      columns: () => undefined,
    };
    const io = project({ 'serverless.yml': file(), '.env': 'TWICE=file\nexport ONCE="x y"\n' });
    await main({ ...environment, io, argv }, { ...PARTS, dialects: listening });
    await main({ ...environment, io, argv: [] }, { ...PARTS, dialects: listening });
    expect(seen).toEqual([
      { stages: ['dev', 'prod'], params: { a: 'b=c', d: '' }, env: { TWICE: 'real', ONCE: 'x y' } },
      { stages: [], params: {}, env: undefined },
    ]);
  });

  it('reads standard input under the name it is given, beside the files it names', async () => {
    const files = { 'base.yml': 'faults: [warning]\n' };
    const stdin = (): Uint8Array => Buffer.from('service: a\nfaults: [error]\ninclude: [base.yml]\n');
    const named = await run(['--stdin', '--stdin-filename', 'serverless.yml', '--format', 'compact'], files, { stdin });
    expect(named).toMatchObject({ code: 1, stderr: '' });
    expect(named.stdout).toBe(
      'serverless.yml: line 2, col 10, Error - this is error. (a-fault)\nbase.yml: line 1, col 10, Warning - this is warning. (a-fault)\n\n2 problems\n',
    );
    expect((await run(['--stdin', '--format', 'compact'], files, { stdin })).stdout).toContain('<stdin>: line 2, col 10, Error');
  });
});

describe('wrong use: one sentence, exit code 2, nothing on standard output', () => {
  it.each([
    [['--quit'], 'unknown option --quit (did you mean --quiet?); cors-lint --help lists them'],
    [['-format', 'json'], 'unknown option -format (did you mean --format?); cors-lint --help lists them'],
    [['--frobnicate'], 'unknown option --frobnicate; cors-lint --help lists them'],
    [['--quiet=yes'], '--quiet takes no value'],
    [['--format'], '--format needs a value: --format json'],
    [['--stage', '--quiet'], '--stage needs a value: --stage prod'],
    [['--format', 'jsn'], `there is no format "jsn" (did you mean json?); choose ${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}`],
    [
      ['--format', 'json', '--format', 'compact'],
      'only one format can go to standard output: give the others a file, as in --format compact:report.txt',
    ],
    [['--rule', 'a-falt:off'], 'there is no rule "a-falt" (did you mean a-fault?); `cors-lint rules` lists them all'],
    [['--rule', 'a-fault'], '--rule a-fault has no severity; write --rule a-fault:off, or :note, :warning, :error'],
    [
      ['--rule', 'a-fault:eror'],
      '--rule a-fault:eror has the severity "eror" (did you mean error?); write --rule a-fault:off, or :note, :warning, :error',
    ],
    [['--preset', 'stict'], 'there is no preset "stict" (did you mean strict?); choose recommended or strict'],
    [['--param', 'domain'], '--param domain has no "=": write --param name=value'],
    [['--param', '=x'], '--param =x has no "name": write --param name=value'],
    [['--max-warnings', 'many'], '--max-warnings takes a whole number from 0 on, not "many"'],
    [['--max-warnings=-1'], '--max-warnings takes a whole number from 0 on, not "-1"'],
    [['--env-file', 'none.env'], '--env-file none.env cannot be read: it is not there'],
    [['--stdin-filename', 'serverless.yml'], '--stdin-filename names what --stdin reads: give both'],
    [['--stdin', 'serverless.yml'], '--stdin reads one file from standard input: leave out serverless.yml, or --stdin'],
    [['explain'], 'name one rule, as in cors-lint explain missing-cors; `cors-lint rules` lists them all'],
    [['explain', 'a-falt'], 'there is no rule "a-falt" (did you mean a-fault?); `cors-lint rules` lists them all'],
    [['rules', '--format', 'compact'], 'cors-lint rules has the formats stylish and json, not compact'],
    [['nothing.yml', 'neither'], 'no such file or folder: nothing.yml, neither'],
    [['explian', 'a-fault'], 'no such file or folder: explian, a-fault (did you mean explain?)'],
    [['docs'], 'found no serverless.yml, SAM or CloudFormation template and no OpenAPI document in docs'],
  ])('%j', async (argv, sentence) => {
    expect(await run(argv, { 'serverless.yml': file('error'), 'docs/a.md': '# a' })).toEqual({
      code: 2,
      stdout: '',
      stderr: `cors-lint: ${sentence}\n`,
      written: {},
    });
  });

  it('in an empty folder', async () =>
    expect(await run([], { 'README.md': '' })).toMatchObject({
      code: 2,
      stderr: 'cors-lint: found no serverless.yml, SAM or CloudFormation template and no OpenAPI document in the current folder\n',
    }));
});

describe('bad input: one clear line, and the other files are still linted', () => {
  const good = { 'good/serverless.yml': file('error') };
  const expected = '\ngood/serverless.yml: line 2, col 10, Error - this is error. (a-fault)\n';

  it.each([
    ['an empty file', '', 'this cannot be read: it is empty'],
    ['a file of comments', '# todo\n', 'this cannot be read: it is empty'],
    ['a binary file', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]), 'this cannot be read: it is not a text file'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'this cannot be read: it is saved as UTF-16; save it as UTF-8'],
    ['a file of 10 MB', new Uint8Array(10_000_000).fill(0x61), 'this cannot be read: it is larger than 8 MB, and such files are not read'],
  ])('%s', async (_, content, sentence) => {
    for (const argv of [[], ['bad/serverless.yml', 'good/serverless.yml']]) {
      const ran = await run(['--format', 'compact', ...argv], { 'bad/serverless.yml': content, ...good });
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(`\n${ran.stdout}`).toContain(expected);
      expect(ran.stdout).toContain(`bad/serverless.yml: line 1, col 1, Error - ${sentence}. (unreadable-file)\n`);
    }
  });

  it.each([
    ['EACCES', 'permission denied'],
    ['EIO', 'i/o error'],
  ])('a file that cannot be opened (%s)', async (code, why) => {
    const io = project({ 'bad/serverless.yml': file(), ...good });
    const closed: Io = { ...io, read: (at, most) => (at.includes('bad') ? fail(code, 'i/o error') : io.read(at, most)) };
    const ran = await run(['--format', 'compact'], closed);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(`\n${ran.stdout}`).toContain(expected);
    expect(ran.stdout).toContain(`bad/serverless.yml: line 1, col 1, Error - this cannot be read: ${why}. (unreadable-file)`);
  });

  it.each([[[]], [['serverless.yml', 'good']]])('a folder called serverless.yml, %j', async (argv) => {
    const ran = await run(['--format', 'compact', ...argv], { 'serverless.yml/keep': '', ...good });
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout).toBe(
      `serverless.yml: line 1, col 1, Error - this cannot be read: it is a folder, not a file. (unreadable-file)${expected}\n2 problems\n`,
    );
  });

  it('a folder without permission', async () => {
    const io = project({ 'shut/serverless.yml': file(), ...good });
    const ran = await run(['--format', 'compact'], {
      ...io,
      list: (at: string) => (at.endsWith('shut') ? fail('EACCES', '') : io.list(at)),
    });
    expect(ran).toMatchObject({ code: 1, stderr: `cors-lint: cannot look into ${path.join(CWD, 'shut')}: permission denied\n` });
    expect(`\n${ran.stdout}`).toContain(expected);
  });

  it('a missing file beside others', async () =>
    expect(await run(['nothing.yml', 'good', '--format', 'compact'], good)).toMatchObject({
      code: 1,
      stderr: 'cors-lint: no such file or folder: nothing.yml\n',
      stdout: `${expected.slice(1)}\n1 problem\n`,
    }));

  it('a front end that throws: the finding, no stack, and no word of what was thrown', async () => {
    const files = { 'bad/serverless.yml': file('error', 'throw'), ...good };
    const ran = await run(['--format', 'compact'], files);
    expect(ran).toMatchObject({
      code: 3,
      stderr: `cors-lint: the serverless front end failed at ${path.join(CWD, 'bad/serverless.yml')}: that is a bug in cors-lint, please report it (CORS_LINT_DEBUG=1 shows where it is)\n`,
    });
    expect(`\n${ran.stdout}`).toContain(expected);
    expect(ran.stdout).toContain(
      'bad/serverless.yml: line 1, col 1, Error - this file was not checked: the serverless front end failed, by a fault of cors-lint and none of yours. Please report it. (internal-error)',
    );
    expect(ran.stdout + ran.stderr).not.toContain('s3cret');
    expect((await run([], files, { env: { CORS_LINT_DEBUG: '1' } })).stderr).toMatch(/Error: s3cret\n +at /);
  });
});

function fail(code: string, message: string): never {
  throw Object.assign(new Error(message), { code });
}

describe('files that are no templates', () => {
  it('are said once, all together, and are no failure', async () => {
    const files = { 'a.md': '# a', 'b.yml': 'jobs: {}', 'c.json': '{"a": 1}', 'pic.png': Uint8Array.from([0xff, 0xfe, 0]) };
    expect(await run(['a.md', 'b.yml', 'c.json', 'pic.png'], files)).toMatchObject({
      code: 0,
      stdout: '',
      stderr:
        'cors-lint: skipped pic.png: it is saved as UTF-16; save it as UTF-8\ncors-lint: skipped a.md, b.yml, c.json: they are neither a serverless.yml nor a SAM or CloudFormation template nor an OpenAPI document\n',
    });
  });

  it('are not spoken of where they were only found', async () =>
    expect(await run(['.'], { 'b.yml': 'jobs:\n  cors: true\n', 'serverless.yml': file() })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    }));

  it('a template without an API is found, and nothing is to be said of it', async () =>
    expect(await run([], { 'queue.yml': 'Resources:\n  A:\n    Type: AWS::SQS::Queue\n' })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    }));
});

describe('colours', () => {
  const red = '\u001b[31merror\u001b[39m';
  it.each([
    [{ stdoutIsTerminal: () => true }, [], true],
    [{ stdoutIsTerminal: () => false }, [], false],
    [{ stdoutIsTerminal: () => true, env: { NO_COLOR: '1' } }, [], false],
    [{ stdoutIsTerminal: () => true, env: { NO_COLOR: '' } }, [], true],
    [{ stdoutIsTerminal: () => true, env: { TERM: 'dumb' } }, [], false],
    [{ stdoutIsTerminal: () => true }, ['--no-color'], false],
    [{ env: { FORCE_COLOR: '1' } }, [], true],
    [{ env: { FORCE_COLOR: '0' }, stdoutIsTerminal: () => true }, [], false],
    [{ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, [], false],
    [{ env: { FORCE_COLOR: '1' } }, ['--no-color'], false],
    [{ env: { FORCE_COLOR: '1' } }, ['--format', 'compact'], false],
  ])('%j %j', async (more, options, coloured) => {
    const { stdout } = await run([...options, 'serverless.yml'], { 'serverless.yml': file('error') }, more);
    expect(stdout.includes('\u001b')).toBe(coloured);
    expect(stdout.includes(red)).toBe(coloured);
  });
});

describe('reports', () => {
  it('go to files, where these are named', async () => {
    const ran = await run(
      ['--format', 'stylish', '--format', 'json:out/a.json'],
      { 'serverless.yml': file('error') },
      { env: { FORCE_COLOR: '1' } },
    );
    expect(ran.stdout).toContain('a-fault');
    expect(Object.keys(ran.written)).toEqual([path.join(CWD, 'out/a.json')]);
    expect(JSON.parse(Object.values(ran.written)[0] ?? '')).toMatchObject([{ filePath: path.join(CWD, 'serverless.yml'), errorCount: 1 }]);
  });

  it('that cannot be written are wrong use', async () =>
    expect(await run(['--format', 'json:a/b'], { 'serverless.yml': file() }, { writeFile: () => fail('EACCES', '') })).toMatchObject({
      code: 2,
      stderr: 'cors-lint: the report cannot be written to a/b: permission denied\n',
    }));
});

describe('other commands', () => {
  it('--help names every option', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    const { OPTIONS } = await import('../../src/cli/options.ts');
    expect(Object.keys(OPTIONS).filter((name) => !stdout.includes(`--${name}`))).toEqual([]);
  });

  it('--version is the package’s', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
    expect(await run(['-v'])).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
  });

  it('rules lists them', async () =>
    expect((await run(['rules'])).stdout).toBe(
      'a-fault             error    There is a fault.\nstrict-fault        warning  There is a fault that few mind. (only in --preset strict)\nunreadable-file     error    A file cannot be read.\nunused-suppression  warning  A suppression suppresses nothing.\n\nMore of one: cors-lint explain a-fault\n',
    ));

  it('rules --format json is for programs', async () => {
    const { stdout } = await run(['rules', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 'a-fault', preset: 'recommended', severities: ['error', 'warning', 'note'] },
      { id: 'strict-fault' },
      { id: 'unreadable-file' },
      { id: 'unused-suppression' },
    ]);
  });

  it('a path that is called like a command is linted after --', async () =>
    expect(await run(['--format', 'compact', '--', 'rules'], { rules: file('error') })).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('rules: line 2, col 10'),
    }));

  it('lint may be said', async () =>
    expect(await run(['lint', 'serverless.yml'], { 'serverless.yml': file('error') })).toMatchObject({ code: 1 }));
});
