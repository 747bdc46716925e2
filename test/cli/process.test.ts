import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown, type OutputOptions, type RolldownOptions } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

/*
 * The program as users run it: bundled, in a process of its own, with the real front ends and rules. What it says in
 * which case is tested in memory (main.test.ts); here, that the process really behaves so.
 */

let bundle: string;
let root: string;
let cli: string;

beforeAll(async () => {
  bundle = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
  cli = path.join(bundle, 'cli.cjs');
  const { default: config } = (await import(pathToFileURL('rolldown.config.mjs').href)) as { default: readonly RolldownOptions[] };
  // The program's entry, then what it loads.
  for (const { output, ...input } of config.slice(0, 3)) await (await rolldown(input)).write({ ...(output as OutputOptions), dir: bundle });
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'cors-lint-')));
  // One test runs as another user.
  for (const folder of [bundle, root]) chmodSync(folder, 0o755);
  put('clean/serverless.yml', service('schedule: rate(1 day)'));
  put('faulty/serverless.yml', service(FAULT));
});

afterAll(() => {
  for (const folder of [bundle, root]) rmSync(folder, { recursive: true, force: true });
});

/** A service with one event. */
const service = (event: string): string => `service: shop
provider:
  name: aws
functions:
  list:
    handler: list.handler
    events:
      - ${event}
`;

const http = (cors: string): string => `http: { path: items, method: get, cors: ${cors} }`;
const FAULT = http('{ origin: "*", allowCredentials: true }');

function put(file: string, content: string | Uint8Array): void {
  const at = path.join(root, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, content);
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `cors-lint …` in the folder of this test. */
function run(
  argv: readonly string[],
  { env, ...options }: Pick<SpawnSyncOptions, 'input' | 'uid'> & { env?: Readonly<Record<string, string>> } = {},
): Ran {
  const { PATH = '' } = process.env;
  const ran = spawnSync(process.execPath, [cli, ...argv], { cwd: root, encoding: 'utf8', env: { PATH, ...env }, ...options });
  return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
}

/** Where the program keeps the bytecode of the files that a run loaded, under their names. */
const bytecode = (): string => path.join(bundle, 'bytecode', `${manifest.version}-${process.version}-${process.arch}`);
const forget = (): void => rmSync(path.join(bundle, 'bytecode'), { recursive: true, force: true });
const kept = (): string[] => (existsSync(bytecode()) ? readdirSync(bytecode()).toSorted() : []);

/** The one place of a rule in what is printed by --format compact. */
const placeOf = (rule: string, { stdout }: Ran): string | undefined =>
  new RegExp(`^(.*: line \\d+, col \\d+), .*\\(${rule}\\)$`, 'm').exec(stdout)?.[1];

describe('results', () => {
  it('of a clean file are nothing at all', () => expect(run(['clean/serverless.yml'])).toEqual({ code: 0, stdout: '', stderr: '' }));

  it('go to standard output, without colours in a pipe', () => {
    const ran = run(['faulty']);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout).toMatch(
      /^\nfaulty\/serverless\.yml\n(?: +\d+:\d+ +error .*\n)* +8:\d+ +error .* credentials-with-wildcard-origin$/m,
    );
    expect(ran.stdout).not.toContain('\u001b');
    expect(run(['faulty'], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[31merror');
  });

  it('come whole through a pipe that is read slowly', () => {
    put(
      'many/serverless.yml',
      `service: many\nprovider: { name: aws }\nfunctions:\n${Array.from({ length: 400 }, (_, i) => `  f${i}: { handler: a.b, events: [{ http: { path: p${i}, method: get, cors: { origin: '*', allowCredentials: true } } }] }\n`).join('')}`,
    );
    const slow = `const chunks = []; setTimeout(() => process.stdin.on('data', (one) => chunks.push(one)).on('end', () => console.log(JSON.parse(Buffer.concat(chunks))[0].messages.length, Buffer.concat(chunks).length)), 300)`;
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${cli}" --format json many | "${process.execPath}" -e "${slow}"`],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const [messages = 0, length = 0] = stdout.split(' ').map(Number);
    expect(messages).toBeGreaterThanOrEqual(400);
    // More than a pipe holds.
    expect(length).toBeGreaterThan(65_536);
  });

  it('that nobody reads are no crash', () => {
    const { stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${cli}" --format json many | true; "${process.execPath}" "${cli}" faulty >&-`],
      { cwd: root, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
  });
});

describe('the process', () => {
  it('loads nothing that linting one file does not need', () => {
    forget();
    run(['clean/serverless.yml']);
    expect(kept()).toEqual(['cli-rolldown-runtime.cjs', 'cli-start.cjs', 'serverless']);
  });

  it.each([
    [['--version'], 0, 'stdout', /^\d+\.\d+\.\d+\n$/],
    [['--help'], 0, 'stdout', /^cors-lint finds CORS mistakes/],
    [['rules'], 0, 'stdout', /^missing-cors +error /m],
    [
      ['explain', 'missing-cors'],
      0,
      'stdout',
      /^missing-cors\n\n[\s\S]*\nReported\n\n {4}[\s\S]*\nWhat to do|^missing-cors\n\n[\s\S]*\nWhat to do\n\n[\s\S]*\nReported\n\n {4}/,
    ],
    [
      ['explain', 'mising-cors'],
      2,
      'stderr',
      /^cors-lint: there is no rule "mising-cors" \(did you mean missing-cors\?\); `cors-lint rules` lists them all\n$/,
    ],
    [['--rule', 'mising-cors:off', 'clean'], 2, 'stderr', /^cors-lint: there is no rule "mising-cors" \(did you mean missing-cors\?\)/],
    [['--quiett'], 2, 'stderr', /^cors-lint: unknown option --quiett \(did you mean --quiet\?\); cors-lint --help lists them\n$/],
    [['nothing.yml'], 2, 'stderr', /^cors-lint: no such file or folder: nothing\.yml\n$/],
  ] as const)('%j: exit code %i', (argv, code, where, text) => {
    const ran = run(argv);
    expect(ran).toMatchObject({ code, [where === 'stdout' ? 'stderr' : 'stdout']: '' });
    expect(ran[where]).toMatch(text);
  });

  it('explains every rule', () => {
    const ids = (JSON.parse(run(['rules', '--format', 'json']).stdout) as { id: string }[]).map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(4);
    for (const id of ids) expect(run(['explain', id])).toMatchObject({ code: 0, stderr: '' });
  });

  it('takes standard input, and the files beside its name', () => {
    put('shared/cors.yml', 'origin: "*"\nallowCredentials: true\n');
    const ran = run(['--stdin', '--stdin-filename', 'shared/serverless.yml', '--format', 'compact'], {
      input: service(http('"${file(cors.yml)}"')),
    });
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(placeOf('credentials-with-wildcard-origin', ran)).toMatch(/^shared\/cors\.yml: line [12], col /);
  });
});

describe('the bytecode of the program', () => {
  const once = (): Ran => run(['faulty', '--format', 'compact']);

  it('is kept beside it, and the next run goes as the first', () => {
    forget();
    const first = once();
    expect(first).toMatchObject({ code: 1, stderr: '' });
    const written = kept().map((name) => statSync(path.join(bytecode(), name)).mtimeMs);
    expect(written.length).toBeGreaterThan(1);
    expect(once()).toEqual(first);
    expect(kept().map((name) => statSync(path.join(bytecode(), name)).mtimeMs)).toEqual(written);
  });

  it('is kept again after a run of another kind, and never after one that is long or lints nothing', () => {
    forget();
    run(['explain', 'null-origin']);
    for (const i of [1, 2, 3, 4, 5]) put(`several/${i}/serverless.yml`, service('schedule: rate(1 day)'));
    run(['several']);
    expect(kept()).toEqual([]);
    once();
    const size = (): number => statSync(path.join(bytecode(), 'cli-start.cjs')).size;
    const before = size();
    put('template/template.yml', 'Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } } }\n');
    run(['template']);
    expect(kept()).toContain('cloudformation');
    expect(size()).toBeGreaterThan(before);
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['of another V8', (whole: Buffer) => Buffer.concat([whole.subarray(0, 4), Buffer.from('abcd'), whole.subarray(8)])],
  ])('is made anew where it is %s', (_, spoilt) => {
    forget();
    const first = once();
    const file = path.join(bytecode(), 'cli-start.cjs');
    const whole = readFileSync(file);
    writeFileSync(file, spoilt(whole));
    expect(once()).toEqual(first);
    expect(readFileSync(file).equals(spoilt(whole))).toBe(false);
    expect(once()).toEqual(first);
  });

  it('is not kept for who wants none', () => {
    forget();
    expect(run(['faulty'], { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })).toMatchObject({ code: 1, stderr: '' });
    expect(kept()).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('is no matter where nobody may write', () => {
    forget();
    expect(run(['faulty'], { uid: 65_534 })).toMatchObject({ code: 1, stderr: '' });
    expect(kept()).toEqual([]);
  });
});

describe('bad input, beside a good file', () => {
  const good = 'faulty/serverless.yml';
  const fault = /^faulty\/serverless\.yml: line 8, .*\(credentials-with-wildcard-origin\)$/m;

  it.each<[name: string, content: string | Uint8Array, place: string]>([
    ['empty', '', 'line 1, col 1'],
    ['binary', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) % 256), 'line 1, col 1'],
    ['large', new Uint8Array(10 * 1024 * 1024).fill(0x61), 'line 1, col 1'],
    ['broken', `${service(FAULT)}  broken: { a: [\n`, 'line 9'],
    ['tabs', 'service: a\nprovider:\n\tname: aws\n', 'line 3'],
  ])('%s', (name, content, place) => {
    put(`${name}/serverless.yml`, content);
    const ran = run([`${name}/serverless.yml`, good, '--format', 'compact']);
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(placeOf('unreadable-file', ran)).toContain(`${name}/serverless.yml: ${place}`);
    expect(ran.stdout).toMatch(fault);
    expect(ran.stdout).not.toMatch(/^ +at /m);
  });

  it('a folder called serverless.yml', () => {
    mkdirSync(path.join(root, 'folder/serverless.yml'), { recursive: true });
    for (const argument of ['folder', 'folder/serverless.yml']) {
      const ran = run([argument, good, '--format', 'compact']);
      expect(ran).toMatchObject({ code: 1, stderr: '' });
      expect(ran.stdout).toContain(
        'folder/serverless.yml: line 1, col 1, Error - this cannot be read: it is a folder, not a file. (unreadable-file)\n',
      );
      expect(ran.stdout).toMatch(fault);
    }
  });

  // main.test.ts has the same without a disk.
  it.runIf(process.platform !== 'win32')('no permission', () => {
    put('shut/serverless.yml', service(FAULT));
    chmodSync(path.join(root, 'shut/serverless.yml'), 0);
    // The superuser may read everything.
    const ran = run(['shut', good, '--format', 'compact'], process.getuid?.() === 0 ? { uid: 65_534 } : {});
    expect(ran).toMatchObject({ code: 1, stderr: '' });
    expect(ran.stdout).toContain('shut/serverless.yml: line 1, col 1, Error - this cannot be read: permission denied. (unreadable-file)\n');
    expect(ran.stdout).toMatch(fault);
  });

  it('a link in a circle', () => {
    mkdirSync(path.join(root, 'circle'));
    symlinkSync('serverless.yml', path.join(root, 'circle/serverless.yml'));
    expect(run(['circle/serverless.yml', '--format', 'compact'])).toMatchObject({
      code: 1,
      stderr: '',
      stdout: expect.stringContaining('its link leads round in a circle'),
    });
  });

  it('files outside the repository are not read', () => {
    put('repo/.git/HEAD', '');
    put('secret.yml', 'origin: "*"\nallowCredentials: true\n');
    put('repo/serverless.yml', service(http('"${file(../secret.yml)}"')));
    symlinkSync('../secret.yml', path.join(root, 'repo/linked.yml'));
    put('repo/b/serverless.yml', service(http('"${file(../linked.yml)}"')));
    const ran = run(['repo', '--possible', '--format', 'json']);
    expect(ran.stderr).toBe('');
    // The origin may be "*": what is in the file is not known, and where it is is nowhere said to be so.
    const results = JSON.parse(ran.stdout) as {
      filePath: string;
      messages: { ruleId: string; certainty: string; related: { message: string }[] }[];
    }[];
    expect(results.map(({ filePath }) => path.relative(root, filePath))).toEqual(['repo/serverless.yml', 'repo/b/serverless.yml']);
    for (const { messages } of results) {
      const found = messages.filter(({ ruleId }) => ruleId === 'credentials-with-wildcard-origin');
      expect(found.map(({ certainty }) => certainty)).toEqual(['possible']);
      expect(JSON.stringify(found)).toContain('lies outside this repository and is not read');
    }
  });
});

describe('places', () => {
  it.each([
    ['CRLF', service(FAULT).replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${service(FAULT)}`],
  ])('are right with %s', (name, text) => {
    const folder = name.replaceAll(' ', '-');
    put(`${folder}/serverless.yml`, text);
    const plain = placeOf('credentials-with-wildcard-origin', run(['faulty', '--format', 'compact']));
    expect(plain).toContain(', col ');
    expect(placeOf('credentials-with-wildcard-origin', run([folder, '--format', 'compact']))).toBe(plain?.replace('faulty', folder));
  });

  it('are in files with any name', () => {
    put('größe/日本 (1)/serverless.yml', service(FAULT));
    for (const argument of ['größe', 'größe/*/serverless.yml', 'größe/日本 (1)/serverless.yml']) {
      expect(placeOf('credentials-with-wildcard-origin', run([argument, '--format', 'compact']))).toContain(
        'größe/日本 (1)/serverless.yml: line 8',
      );
    }
  });
});
