import path from 'node:path';
import { configure } from '../config/configure.ts';
import { openFiles } from '../config/files.ts';
import { Misuse, refuseStrangers } from '../config/misuse.ts';
import { planOf, type Wanted } from '../config/plan.ts';
import type { Parts } from '../lint.ts';
import type { Environment } from './environment.ts';
import type { Options } from './options.ts';

/**
 * What `--print-config` prints: what the config files and the options come to for one file, as JSON. Environment variables are
 * no part of it. Throws `Misuse` for what is wrong with a config.
 */
export async function printConfig(
  { operands, config }: Pick<Options, 'operands' | 'config'>,
  wanted: Wanted,
  { cwd, io }: Environment,
  { rules, parse }: Parts,
): Promise<string> {
  const [operand = 'serverless.yml', ...others] = operands;
  if (others.length > 0) throw new Misuse(`--print-config shows what applies to one file: name one of ${operands.join(', ')}`);
  refuseStrangers(Object.keys(wanted.rules ?? {}), rules);
  const file = path.resolve(cwd, operand);
  const { configOf } = await configure([file], { cwd, io, files: openFiles(io, parse), rules, config });
  const found = configOf(file);
  const plan = planOf(file, found, wanted, rules);
  const shown = {
    file: path.relative(cwd, file),
    configs: found?.files.map((one) => path.relative(cwd, one)) ?? [],
    ignored: found?.ignores(file) ?? false,
    preset: plan.preset,
    rules: plan.rules,
    stages: plan.settings.stages,
    params: plan.settings.params,
    handlers: plan.handlers,
    clients: plan.clients,
    runs: plan.active.map(({ rule }) => rule.meta.id),
  };
  return `${JSON.stringify(shown, undefined, 2)}\n`;
}
