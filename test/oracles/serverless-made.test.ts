import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Finding } from '../../src/finding.ts';
import type { Model } from '../../src/model/api.ts';
import { positionAt } from '../../src/source/lines.ts';
import { differences, plainModel } from '../support/plain.ts';
import { readText, shared } from '../support/shared.ts';
import { compiledOf, liftCompiled, liftSource, CODE } from './serverless-pairs.ts';

/**
 * Inside the framework, as its plugin, what is judged is what it compiled, told of the configuration: the model is that of the template,
 * and what is found in it stands where it stands without the framework.
 */
const pairs = shared('oracles/serverless/pairs');
const active = activate(rules, 'strict', {});

const told = (model: Model): readonly string[] => [...new Set(check(active, model).findings.map(line))].toSorted();
const isCertain = (one: string): boolean => one.endsWith(' certain');
const line = ({ rule, certainty, primary }: Finding): string => {
  const { line: at } = positionAt(primary.file, primary.start);
  return `${primary.file.path.split('/').at(-1)}:${at} ${rule} ${certainty}`;
};

describe.skipIf(!pairs)('a service told of with what the framework compiled of it', () => {
  const cases = pairs ? readdirSync(pairs).filter((name) => compiledOf(join(pairs, name)) && !CODE.includes(name)) : [];

  it.each(cases)('%s', async (name) => {
    const folder = join(pairs ?? '', name);
    const compiled = compiledOf(folder) ?? '';
    const made = { configuration: undefined, template: JSON.parse(readText(compiled)) as unknown };
    const [source, inside] = [liftSource(folder), liftSource(folder, { made })];
    if (!source || !inside) throw new Error('it has no source');
    for (const { rule } of active) for (const model of [source, inside]) await rule.prepare?.(model);
    expect(differences(plainModel(inside), plainModel(liftCompiled(compiled)))).toEqual({ differing: [], unknown: 0 });
    // What was possible may be decided by now.
    expect(told(source)).toEqual(expect.arrayContaining([...told(inside)]));
    expect(told(inside).filter(isCertain)).toEqual(told(source).filter(isCertain));
  });
});
