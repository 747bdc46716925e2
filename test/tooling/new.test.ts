import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, refusal, scaffold } from '../../scripts/new.ts';
import { registry } from '../../scripts/registry.ts';
import template from '../../scripts/template/rule.ts';
import { findingsOf, linesOf } from '../../src/docs/example.ts';
import { casesOf } from '../rules/cases.ts';

const id = 'lonely-origin';
let root: string;

/** A project of its own, with this one's sources and no rule yet. */
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
  for (const folder of ['node_modules', 'src', 'scripts']) symlinkSync(path.resolve(folder), path.join(root, folder), 'junction');
  mkdirSync(path.join(root, 'rules'));
  cpSync('package.json', path.join(root, 'package.json'));
  writeFileSync(path.join(root, 'rules/index.ts'), registry([]));
  writeFileSync(
    path.join(root, 'tsconfig.json'),
    JSON.stringify({ extends: path.resolve('tsconfig.json'), include: [], files: ['rules/index.ts'] }),
  );
});
afterAll(() => rmSync(root, { recursive: true }));

describe('npm run new', () => {
  it('writes a rule, its fixtures and the registry', () => {
    expect(main(root, [id])).toBe(0);
    expect(readFileSync(path.join(root, 'rules/index.ts'), 'utf8')).toBe(registry([id]));
    const written = readFileSync(path.join(root, `rules/${id}.ts`), 'utf8');
    expect(written).toContain(`id: '${id}'`);
    expect(written).not.toMatch(/new-rule|\.\.\/\.\./);
    expect(casesOf(id, root).map(({ name }) => name)).toEqual(['reported', 'silent', 'unknown']);
  });

  it('writes what compiles', () => execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', root], { stdio: 'pipe' }));

  it('writes what is formatted and clean', () => {
    const written = path.join(root, `rules/${id}.ts`);
    execFileSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', '--check', '-c', '.oxfmtrc.json', written], { stdio: 'pipe' });
    execFileSync(process.execPath, ['node_modules/oxlint/bin/oxlint', '-c', '.oxlintrc.json', '--deny-warnings', written], {
      stdio: 'pipe',
    });
  });

  it('writes fixtures that the rule fulfils', async () => {
    for (const { project, out, name } of casesOf(id, root)) {
      const rule = { ...template, meta: { ...template.meta, id } };
      expect(linesOf(await findingsOf(rule, project), project.main), name).toBe(readFileSync(out, 'utf8'));
    }
  });

  it('refuses a rule that there is, and overwrites nothing', () => {
    const before = readFileSync(path.join(root, `rules/${id}.ts`), 'utf8');
    expect(main(root, [id])).toBe(2);
    expect(readFileSync(path.join(root, `rules/${id}.ts`), 'utf8')).toBe(before);
    rmSync(path.join(root, `rules/${id}.ts`));
    expect(refusal(root, id)).toBe(`fixtures/rules/${id} is not empty: is it another rule's?`);
  });

  it.each([
    [undefined, 'usage'],
    ['cors', 'is no rule id'],
    ['Missing-Cors', 'is no rule id'],
    ['missing--cors', 'is no rule id'],
    ['missing_cors', 'is no rule id'],
    ['../missing-cors', 'is no rule id'],
    ['missing-cors-', 'is no rule id'],
    ['-missing-cors', 'is no rule id'],
    ['missing-cors.ts', 'is no rule id'],
  ])('refuses %j', (name, why) => expect(refusal(root, name)).toContain(why));

  it('takes the version of this release for the one since which the rule is there', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(scaffold('.', id).get(`rules/${id}.ts`)).toContain(`since: '${version}'`);
  });
});
