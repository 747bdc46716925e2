import path from 'node:path';
import { globSync } from 'tinyglobby';

/** What matches a pattern; folders end in '/'. Links to folders are not followed, so that none leads in a circle. */
export function glob(pattern: string, cwd: string, never: readonly string[]): readonly string[] {
  return globSync(path.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern, {
    cwd,
    absolute: true,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: never.map((folder) => `**/${folder}`),
  });
}
