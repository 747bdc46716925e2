import type { Reporter } from './report.ts';
import { stylish } from './stylish.ts';

/** The reporters by name. Who reads on a terminal does not pay for the others. */
export const FORMATS: Readonly<Record<string, () => Reporter | Promise<Reporter>>> = {
  stylish: () => stylish,
  json: async () => (await import('./json.ts')).json,
  compact: async () => (await import('./compact.ts')).compact,
};
