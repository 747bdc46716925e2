import { describe, expect, it } from 'vitest';
import { run } from './doubles.ts';

type Files = Readonly<Record<string, string>>;

/** 'line: rule: message', of what counts. */
async function reported(given: string | Files, argv: readonly string[] = []): Promise<string[]> {
  const files = typeof given === 'string' ? { 'serverless.yml': given } : given;
  const { stdout, code } = await run(['--format', 'json', '--possible', ...argv], files);
  expect(code).toBeLessThan(2);
  const results = JSON.parse(stdout) as { filePath: string; messages: { line: number; ruleId: string; message: string }[] }[];
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
}

const yml = (...lines: string[]): string => ['service: a', 'faults:', ...lines.map((line) => `  ${line}`)].join('\n');
const FAULT = 'a-fault: this is error';

describe('comments that suppress', () => {
  it('what is on the next line, with a reason', async () => {
    const text = yml('# cors-lint-disable-next-line a-fault -- so it has to be', '- error', '- error');
    expect(await reported(text)).toEqual([`5: ${FAULT}`]);
    const { stdout } = await run(['--format', 'json'], { 'serverless.yml': text });
    expect(JSON.parse(stdout)).toMatchObject([
      { suppressedMessages: [{ line: 4, suppressions: [{ kind: 'directive', justification: 'so it has to be' }] }], errorCount: 1 },
    ]);
  });

  it.each([
    [
      'all of several rules',
      ['# cors-lint-disable-next-line strict-fault, a-fault', '- error'],
      ['--preset', 'strict'],
      ['3: unused-suppression: of several, `strict-fault` has nothing to suppress on the next line'],
    ],
    ['the next line that says something', ['# cors-lint-disable-next-line a-fault', '', '# of something else', '- error'], [], []],
    [
      'from here to there',
      ['- error', '# cors-lint-disable a-fault', '- error', '# cors-lint-enable', '- error'],
      [],
      [`3: ${FAULT}`, `7: ${FAULT}`],
    ],
    ['from here to the end', ['# cors-lint-disable a-fault', '- error', '- error'], [], []],
    ['all rules but one', ['# cors-lint-disable', '- error', '# cors-lint-enable a-fault', '- error'], [], [`6: ${FAULT}`]],
    ['the whole file, wherever they stand', ['- error', '# cors-lint-disable-file a-fault', '- error'], [], []],
    ['behind a value', ['- x # cors-lint-disable a-fault', '- error'], ['--rule', 'a-fault:error'], ['3: a-fault: this is x']],
    ['what is possible', ['# cors-lint-disable-next-line a-fault', '- possible'], [], []],
  ] as const)('%s', async (_, lines, argv, said) => expect(await reported(yml(...lines), argv)).toEqual(said));

  it('do not change the exit code of what is left', async () => {
    expect(await run([], { 'serverless.yml': yml('# cors-lint-disable-next-line a-fault', '- error') })).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it('in a file that others are made of', async () => {
    const files = { 'serverless.yml': 'service: a\ninclude: [x.yml]', 'x.yml': '# cors-lint-disable-file a-fault\nfaults: [error]' };
    expect(await reported(files, ['serverless.yml'])).toEqual([]);
    // Another service may need it.
    const idle = { 'serverless.yml': 'service: a\ninclude: [x.yml]', 'x.yml': '# cors-lint-disable strict-fault\nfaults: [error]' };
    expect(await reported(idle, ['serverless.yml', '--preset', 'strict'])).toEqual([`2: ${FAULT}`]);
  });
});

describe('suppressions that suppress nothing', () => {
  const IDLE = '- note # fine\n  # cors-lint-disable-next-line a-fault\n  - strict';

  it.each([
    ['a rule that found nothing', yml(IDLE), [], ['4: unused-suppression: `a-fault` has nothing to suppress on the next line']],
    ['a bare one', yml('# cors-lint-disable-file'), [], ['3: unused-suppression: nothing to suppress in this file']],
    ['an enable', yml('# cors-lint-enable a-fault'), [], ['3: unused-suppression: nothing to enable']],
    [
      'a rule that there is not',
      yml('# cors-lint-disable a-falt'),
      [],
      ['3: unused-suppression: there is no rule `a-falt` (did you mean `a-fault`?)'],
    ],
    [
      'a slip',
      yml('# cors-lint-disable-nextline a-fault', '- error'),
      [],
      [
        '3: unused-suppression: `cors-lint-disable-nextline` suppresses nothing: did you mean `cors-lint-disable-next-line`?',
        `4: ${FAULT}`,
      ],
    ],
    [
      'a reason without its dashes',
      yml('# cors-lint-disable-next-line a-fault since it must', '- error'),
      [],
      ['3: unused-suppression: write a reason behind `--`'],
    ],
  ] as const)('%s', async (_, text, argv, said) =>
    expect((await reported(text, argv)).filter((one) => !one.includes('this is note'))).toEqual(said),
  );

  it.each([
    ['of a rule that is off', ['--rule', 'a-fault:off']],
    ['of a strict rule in the recommended preset', []],
    ['under one stage', ['--stage', 'prod']],
    ['with parameters', ['--param', 'a=b']],
    ['with an environment', ['--env']],
  ])('are not known to be idle %s', async (_, argv) => {
    const rule = argv.length === 0 ? 'strict-fault' : 'a-fault';
    expect(await reported(yml(`# cors-lint-disable-file ${rule}`), argv)).toEqual([]);
  });

  it('are not known to be idle in a file that cannot be read to its end, nor of a rule that failed', async () => {
    expect(await reported(`# cors-lint-disable-file a-fault\nservice: a\nx: [`)).toEqual([expect.stringContaining('unreadable-file')]);
    expect((await run([], { 'serverless.yml': yml('# cors-lint-disable-file a-fault', '- rule-throws') })).stdout).not.toContain('unused');
  });

  it('are not reported where nobody wants to read of them', async () => {
    expect(await reported(yml(IDLE), ['--rule', 'unused-suppression:off', '--rule', 'a-fault:note'])).toEqual(['3: a-fault: this is note']);
    expect(await reported(yml('# cors-lint-disable-file a-fault, unused-suppression'))).toEqual([]);
  });
});

describe('metadata that suppresses', () => {
  const template = (disable: string, faults = '[error]'): Files => ({
    'template.json': `{"Resources": {}, "faults": ${faults.replaceAll(/[a-z]+/g, '"$&"')},\n"Metadata": {"cors-lint": ${disable}}}`,
  });

  it('by rule, with a reason', async () => {
    const files = template('{"disable": [{"id": "a-fault", "reason": "known"}]}');
    expect(await reported(files, ['template.json'])).toEqual([]);
    const { stdout } = await run(['--format', 'json', 'template.json'], files);
    expect(JSON.parse(stdout)).toMatchObject([{ suppressedMessages: [{ suppressions: [{ justification: 'known' }] }] }]);
  });

  it.each([
    ['{"disable": ["a-fault"]}', '[error]', []],
    ['{"disable": [{"id": "a-fault"}]}', '[]', ['2: unused-suppression: `a-fault` has nothing to suppress here']],
    ['{"disable": [{"id": "strict-fault"}]}', '[]', []],
    ['{"disable": [{"id": "a-falt"}]}', '[]', ['2: unused-suppression: there is no rule `a-falt` (did you mean `a-fault`?)']],
    ['{"disable": "a-fault"}', '[]', ['2: unused-suppression: `disable` takes a list of maps with `id` and `reason`']],
    ['{"disable": [{"rule": "a-fault"}]}', '[]', ['2: unused-suppression: an entry of `disable` takes the `id` of a rule']],
    ['{"disabled": []}', '[]', ['2: unused-suppression: there is no `disabled` in `Metadata`: write `disable`']],
    ['true', '[]', ['2: unused-suppression: `cors-lint` in `Metadata` takes a map with `disable`']],
    ['{"disable": [{"id": "a-falt"}, {"id": "unused-suppression"}]}', '[]', []],
  ] as const)('%s with the faults %s', async (disable, faults, said) =>
    expect(await reported(template(disable, faults), ['template.json'])).toEqual(said),
  );
});
