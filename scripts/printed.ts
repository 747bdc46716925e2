import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a file has to hold, by its path from the root; undefined: there must be no such file. */
export type Printed = ReadonlyMap<string, string | undefined>;

/** The files that are not as printed. */
export const stale = (root: string, printed: Printed): string[] =>
  [...printed].filter(([file, text]) => read(path.join(root, file)) !== text).map(([file]) => file);

/** Writes the files that are not as printed, and names them. */
export function write(root: string, printed: Printed): string[] {
  const files = stale(root, printed);
  for (const file of files) {
    const text = printed.get(file);
    const at = path.join(root, file);
    if (text === undefined) {
      rmSync(at);
      continue;
    }
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, text);
  }
  return files;
}

/** The end of every printing script: with --check it only says what is stale, and fails. */
export function settle(root: string, printed: Printed, args: readonly string[], say: (line: string) => void): number {
  if (!args.includes('--check')) {
    for (const file of write(root, printed)) say(`printed ${file}`);
    return 0;
  }
  const files = stale(root, printed);
  for (const file of files) say(`${file} is not what \`npm run docs\` prints`);
  return files.length > 0 ? 1 : 0;
}

/** A text with what stands between `<!-- NAME -->` and `<!-- /NAME -->` replaced. */
export function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`no ${open} … ${close} to print between`);
  return `${text.slice(0, from + open.length)}\n${content}\n${text.slice(to)}`;
}

const read = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined);
