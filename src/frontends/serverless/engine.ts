import type { Tree } from '../../value/tree.ts';

/** `effect` completes "… and": 'leave it out'. */
export type Outcome = (effect: string) => string;

/** The major version that `frameworkVersion` asks for; undefined where it says none. */
export function majorOf(frameworkVersion: Tree | undefined): number | undefined {
  const digits = frameworkVersion?.kind === 'scalar' ? /\d+/.exec(String(frameworkVersion.value)) : null;
  return digits ? Number(digits[0]) : undefined;
}

/** What comes of a schema violation (reference/serverless-framework.md §0): only osls 4 stops by itself. */
export function outcomeOf(configValidationMode: Tree | undefined, major: number | undefined): Outcome {
  const mode = configValidationMode?.kind === 'scalar' ? configValidationMode.value : undefined;
  if (mode === 'error') return () => 'With `configValidationMode: error` the framework stops here and nothing is deployed.';
  if (mode === 'warn') return (effect) => `The framework warns, and goes on to ${effect}.`;
  if (mode === 'off') return (effect) => `With \`configValidationMode: off\` the framework says nothing, and goes on to ${effect}.`;
  if (major !== undefined && major <= 3) return (effect) => `Serverless Framework ${major} only warns, and goes on to ${effect}.`;
  return (effect) => `osls 4 stops here; the Serverless Framework only warns, and goes on to ${effect}.`;
}

/**
 * Versions 1, 2 and 4 write these into the provider before variables are resolved; version 3 and osls do not, and stop at
 * `self:provider.stage` (ran: osls 3.63.2). Where no version is named, it may be any.
 */
export const standardProvider = (major: number | undefined, stage: string): ReadonlyMap<string, string> =>
  new Map(
    major !== 3
      ? [
          ['provider.stage', stage],
          ['provider.region', 'us-east-1'],
        ]
      : [],
  );
