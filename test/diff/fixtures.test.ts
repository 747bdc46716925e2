import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { nodeIo } from '../../src/config/node-io.ts';

/** Pairs of versions, each with the differences that were worked out by hand (in the comment) and what is printed (expected.out). */
const ROOT = fileURLToPath(new URL('../../fixtures/diff/', import.meta.url));
const cases = readdirSync(ROOT);

/** The two of a case: files or folders. */
function sidesOf(name: string): readonly [string, string] {
  const names = readdirSync(path.join(ROOT, name));
  const [before, after] = ['before', 'after'].map((side) => names.find((one) => one === side || one.startsWith(`${side}.`)));
  if (before === undefined || after === undefined) throw new Error(`fixtures/diff/${name} has not both sides`);
  // A template and what it nests lie in a folder.
  const within = (side: string): string => (existsSync(path.join(ROOT, name, side, 'template.yml')) ? `${side}/template.yml` : side);
  return [within(before), within(after)];
}

async function printed(name: string): Promise<string> {
  let text = '';
  const cwd = path.join(ROOT, name);
  const code = await main({
    argv: ['diff', ...sidesOf(name), '--format', 'compact', '--possible', '--no-config'],
    cwd,
    env: {},
    io: nodeIo,
    stdout: (part) => void (text += part),
    stderr: () => undefined,
    stdin: () => new Uint8Array(),
    writeFile: () => undefined,
    stdoutIsTerminal: () => false,
    columns: () => undefined,
  });
  return `${text.replace(/\n\d+ problems?\n$/, '')}exit ${code}\n`;
}

/** 'error diff-blocked', as the comment of the later version has it. */
function derived(name: string): readonly string[] {
  const [, after] = sidesOf(name);
  const at = path.join(ROOT, name, after);
  const files = after.includes('/')
    ? readdirSync(path.dirname(at), { withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [path.join(path.dirname(at), entry.name)] : [],
      )
    : [at];
  const [, list = ''] = files.map((file) => /^# Expected: (.*)$/m.exec(readFileSync(file, 'utf8'))).find(Boolean) ?? [];
  return list === 'nothing' ? [] : list.split(', ').toSorted();
}

describe('pairs of versions', () => {
  it('are at least 25, of which some are silent', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(cases.filter((name) => name.startsWith('silent-')).length).toBeGreaterThanOrEqual(5);
  });

  it.each(cases)('%s', async (name) => {
    const text = await printed(name);
    const lines = text.matchAll(/, (Error|Warning|Note|Possible) - .* \((diff-[a-z-]+)\)$/gm);
    const kinds = [...lines].map(([, severity = '', kind]) => `${severity.toLowerCase()} ${kind}`);
    expect(kinds.toSorted()).toEqual(derived(name));
    const expected = path.join(ROOT, name, 'expected.out');
    if (process.env['UPDATE_FIXTURES'] && (!existsSync(expected) || readFileSync(expected, 'utf8') !== text)) writeFileSync(expected, text);
    expect(text).toBe(readFileSync(expected, 'utf8'));
  });
});
