import type { Reporter } from './report.ts';
import { stylish } from './stylish.ts';

/** The reporters by name. Who reads on a terminal does not pay for the others. */
export const FORMATS: Readonly<Record<string, () => Reporter | Promise<Reporter>>> = {
  stylish: () => stylish,
  pretty: async () => (await import('./pretty.ts')).pretty,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  markdown: async () => (await import('./markdown.ts')).markdown,
  table: async () => {
    const { tableText } = await import('./simulation/table.ts');
    return (report) => tableText(report.rows ?? [], report);
  },
  compact: async () => (await import('./compact.ts')).compact,
};
