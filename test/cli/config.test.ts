import { describe, expect, it } from 'vitest';
import { run } from './doubles.ts';

const file = (...faults: string[]): string => `service: a\nfaults: [${faults.join(', ')}]\n`;

describe('a config file', () => {
  it('says which rules run, and how severe they are; the command line says more', async () => {
    const files = {
      'serverless.yml': file('error', 'strict'),
      'cors-lint.config.yml': 'preset: strict\nrules: {a-fault: warning}',
    };
    expect(await run([], files)).toMatchObject({ code: 0, stdout: expect.stringContaining('2 problems (0 errors, 2 warnings)') as string });
    expect(await run(['--rule', 'a-fault:error'], files)).toMatchObject({ code: 1 });
    expect((await run(['--preset', 'recommended'], files)).stdout).not.toContain('strict-fault');
    expect(await run(['--no-config'], files)).toMatchObject({ code: 1, stdout: expect.not.stringContaining('strict-fault') as string });
    expect(await run(['--config', 'other.yml'], { ...files, 'other.yml': 'rules: {a-fault: off}' })).toMatchObject({ code: 0, stdout: '' });
  });

  it("is each file's own, and overrides go by the file", async () => {
    const { stdout } = await run(['a/serverless.yml', 'b/serverless.yml', 'c/serverless.yml'], {
      'a/serverless.yml': file('error'),
      'b/serverless.yml': file('error'),
      'c/serverless.yml': file('error'),
      'cors-lint.config.yml': 'overrides: [{files: [b/], rules: {a-fault: note}}]',
      'c/cors-lint.config.json': '{"rules": {"a-fault": "off"}}',
    });
    expect(stdout).toMatch(/a[/\\]serverless\.yml\n.*error/);
    expect(stdout).toMatch(/b[/\\]serverless\.yml\n.*note/);
    expect(stdout).not.toMatch(/c[/\\]serverless/);
  });

  it('leaves out what it ignores: silently where it is found, with a word where it is named', async () => {
    const files = { 'serverless.yml': file(), 'old/serverless.yml': file('error'), 'cors-lint.config.yml': 'ignore: [old/]' };
    expect(await run([], files)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await run(['old/serverless.yml'], files)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'cors-lint: skipped old/serverless.yml: the configuration says to `ignore` it (--no-config lints it all the same)\n',
    });
    expect(await run(['old'], files)).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['--stdin', '--stdin-filename', 'old/serverless.yml'], files)).toMatchObject({ code: 0 });
  });

  it('has a say in the parts that a file is made of', async () => {
    const files = {
      'serverless.yml': 'service: a\ninclude: [parts/x.yml]\n',
      'parts/x.yml': 'faults: [error]\n',
    };
    const { stdout } = await run(['serverless.yml'], {
      ...files,
      'cors-lint.config.yml': 'overrides: [{files: [parts/], rules: {a-fault: note}}]',
    });
    expect(stdout).toMatch(/note\s+this is error/);
    expect(await run(['serverless.yml'], { ...files, 'cors-lint.config.yml': 'ignore: [parts/]' })).toMatchObject({ code: 0, stdout: '' });
    expect(
      await run(['serverless.yml'], { ...files, 'cors-lint.config.yml': 'overrides: [{files: [parts/], rules: {a-fault: off}}]' }),
    ).toMatchObject({ code: 0, stdout: '' });
  });

  it('is refused with all that is wrong with it, and exit code 2', async () => {
    const files = { 'serverless.yml': file('error'), 'cors-lint.config.yml': 'preset: loud\nrules: {a-falt: off}' };
    expect(await run([], files)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'cors-lint: cors-lint.config.yml:1:9: `preset` takes recommended or strict, not "loud"\n' +
        'cors-lint: cors-lint.config.yml:2:9: there is no rule "a-falt" (did you mean a-fault?); `cors-lint rules` lists them all\n',
      written: {},
    });
    expect(await run(['--no-config'], files)).toMatchObject({ code: 1 });
  });

  it('keeps control characters off the terminal', async () => {
    const { code, stderr } = await run([], { 'serverless.yml': file(), 'cors-lint.config.yml': '"\\e[31m": 1' });
    expect(code).toBe(2);
    expect(stderr).not.toContain('\u001b');
  });

  it('cannot be named and forbidden at once', async () =>
    expect(await run(['--config', 'x.yml', '--no-config'], {})).toMatchObject({
      code: 2,
      stderr: 'cors-lint: --config names a file, and --no-config wants none: leave one of them out\n',
    }));
});

describe('--print-config', () => {
  const files = {
    'a/serverless.yml': file('error'),
    'cors-lint.config.yml': 'extends: base.json\nrules: {strict-fault: note}\nclients: {credentials: true}\nparams: {a: 1}',
    'base.json': '{"stages": ["prod"], "ignore": ["b/"]}',
  };

  it('shows what applies to a file, and lints nothing', async () => {
    const { code, stdout } = await run(['--print-config', 'a/serverless.yml', '--rule', 'a-fault:off', '--param', 'b=2'], files, {
      env: { SECRET: 's3cret' },
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      file: 'a/serverless.yml',
      configs: ['cors-lint.config.yml', 'base.json'],
      ignored: false,
      preset: 'recommended',
      rules: { 'strict-fault': 'note', 'a-fault': 'off' },
      stages: ['prod'],
      params: { a: '1', b: '2' },
      clients: { credentials: true },
      runs: ['strict-fault', 'unreadable-file', 'unused-suppression'],
    });
    expect(JSON.parse((await run(['--print-config', 'b/serverless.yml'], files)).stdout)).toMatchObject({ ignored: true });
  });

  it('takes one file, and rules that there are', async () => {
    expect(await run(['--print-config', 'a', 'b'], files)).toMatchObject({
      code: 2,
      stderr: 'cors-lint: --print-config shows what applies to one file: name one of a, b\n',
    });
    expect(await run(['--print-config', '--rule', 'nope:off'], files)).toMatchObject({ code: 2 });
  });
});

describe('where reports go', () => {
  const files = { 'serverless.yml': file('error') };

  it('--output-file takes what would go to standard output', async () => {
    const { stdout, written } = await run(['--output-file', 'out.txt'], files);
    expect(stdout).toBe('');
    expect(Object.entries(written)).toEqual([[expect.stringMatching(/out\.txt$/), expect.stringContaining('a-fault')]]);
    const two = await run(['--format', 'compact', '--format', 'json:report.json', '--output-file', 'out.txt'], files);
    expect(Object.keys(two.written)).toHaveLength(2);
    expect(two.stdout).toBe('');
  });

  it.each([
    [['--output-file', 'a', '--format', 'json:b'], '--output-file a would stay empty: each format has a file of its own'],
    [['--format', 'json:./a', '--format', 'compact:a'], 'two reports cannot both go to a: give each a file of its own'],
    [['--output-file', 'a', '--format', 'json', '--format', 'compact:a'], 'two reports cannot both go to a: give each a file of its own'],
  ])('%j is refused', async (argv, said) =>
    expect(await run(argv, files)).toMatchObject({ code: 2, stderr: `cors-lint: ${said}\n`, written: {} }),
  );
});
