import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHandler } from '../../src/handlers/index.ts';
import { PYTHON } from '../../src/handlers/libraries/table.ts';
import { testLibraries } from './checks.ts';
import { claims } from './compare.ts';
import { requestFor } from './handlers.ts';
import { fixtureOf, pythonRequest } from './python-fixtures.ts';

const FOLDER = 'fixtures/handlers/libraries-documented';
const names = readdirSync(FOLDER).filter((name) => /\.(?:py|ts)$/.test(name) && !name.endsWith('-module.ts'));
const texts = names.map((name) => readFileSync(join(FOLDER, name), 'utf8'));

/** None of these is there to be called: what is expected follows from the documentation that each cites. */
describe('what libraries that are not installed answer for handlers', () => {
  it.each(names)('%s', async (name) => {
    const path = join(FOLDER, name);
    const expected = path.replace(/\.\w+$/, '.claims');
    const request = name.endsWith('.py') ? pythonRequest(fixtureOf(path, FOLDER)) : requestFor({ path, env: {}, later: {}, uses: {} });
    const found = claims(await readHandler(request));
    if (process.env['UPDATE_FIXTURES']) writeFileSync(expected, found);
    expect(found).toBe(readFileSync(expected, 'utf8'));
    expect(readFileSync(path, 'utf8')).toMatch(/^(?:#|\/\/) https:\/\/\S+\n/);
  });
});

const imported = new Set(texts.flatMap((text) => [...text.matchAll(/^(?:from|import) ([\w.]+)/gm)].map(([, module = '']) => module)));

describe('each library of Python', () => {
  testLibraries(PYTHON, imported);
});
