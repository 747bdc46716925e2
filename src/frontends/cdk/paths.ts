import { isAbsolute, join } from '../serverless/code/load.ts';

/** The separators of the machine that wrote it made slashes. */
const slashed = (path: string): string => path.replaceAll('\\', '/');

/**
 * A file or folder that a manifest names, relative to the manifest's own folder; '' is that folder itself. Undefined
 * where it leads out of it: an assembly is self-contained, so what lies elsewhere was not written by the CDK.
 */
export function within(path: string): string | undefined {
  if (isAbsolute(path) || path.startsWith('~')) return undefined;
  const steps = join('', slashed(path));
  return steps === '..' || steps.startsWith('../') ? undefined : steps;
}

/** The way from a folder to a file, both absolute on the same machine; undefined where one is not, or they share no root. */
export function relative(folder: string, file: string): string | undefined {
  if (!isAbsolute(folder) || !isAbsolute(file)) return undefined;
  const [from, to] = [stepsOf(folder), stepsOf(file)];
  const isWindows = /^[A-Za-z]:/.test(file);
  if (isWindows && from[0]?.toLowerCase() !== to[0]?.toLowerCase()) return undefined;
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

export const stepsOf = (path: string): readonly string[] => slashed(path).split('/').filter(Boolean);

/** Every construct path that lies around this one, from the outermost; itself not counted. */
export function* ancestorsOf(path: string): Iterable<string> {
  for (let end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) yield path.slice(0, end);
}
