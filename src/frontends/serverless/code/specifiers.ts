import { join } from './load.ts';

/** What is read: code, and data in JSON. */
const READ = /\.(?:[cm]?[jt]s|json)$/;
const CODE = ['.js', '.mjs', '.cjs', '.json'];
const TYPED = ['.ts', '.mts', '.cts'];

export const isJson = (path: string): boolean => /\.json$/i.test(path);

export const isTyped = (path: string): boolean => /\.[cm]?tsx?$/i.test(path);

export const isRelative = (specifier: string): boolean => /^\.\.?(?:\/|$)/.test(specifier);

/**
 * The files that may be meant by a path, in the order in which they are looked for: from TypeScript its own kind first
 * (so that `./x.js` means x.ts, as its compiler has it), from JavaScript the other way round.
 */
export function candidates(folder: string, path: string, fromTyped: boolean): readonly string[] {
  const base = join(folder, path);
  const extensions = fromTyped ? [...TYPED, ...CODE] : [...CODE, ...TYPED];
  const inFolder = extensions.map((extension) => join(base, `index${extension}`));
  if (base === '' || /(?:^|\/)\.{0,2}$/.test(path)) return inFolder;
  const twin = base.replace(/\.([cm]?)js$/, '.$1ts');
  const exact = !READ.test(base) ? [] : twin === base ? [base] : fromTyped ? [twin, base] : [base, twin];
  return [...exact, ...extensions.map((extension) => base + extension), ...inFolder];
}
