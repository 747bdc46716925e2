import path from 'node:path';
import type { Located, LocatedScalar } from '../source/located.ts';
import type { Io } from './io.ts';
import type { Mistake } from './mistakes.ts';
import { shown } from './mistakes.ts';
import type { Written } from './read-config.ts';
import { isInside, rootOf, type Root } from './root.ts';

/** A config file, and what is wrong with what it extends. */
export interface Extending {
  readonly written: Written;
  readonly wrong: readonly Mistake[];
}

interface Following {
  readonly io: Io;
  readonly read: (file: string) => Written;
}

/** No config builds on more files. */
const MOST_FILES = 100;

/** A config and all that it extends, each file once: first what others build on, at last the config itself. */
export function extended(config: Written, { io, read }: Following): readonly Extending[] {
  const root = rootOf(path.dirname(config.path), io);
  const done = new Map<string, Extending>();
  const follow = (written: Written, way: readonly string[]): void => {
    const wrong: Mistake[] = [];
    const here = [...way, written.path];
    for (const name of namesIn(written.root)) {
      const at = path.resolve(path.dirname(written.path), String(name.value));
      const refused = refusal(name, at, here, root, io);
      if (refused !== undefined) wrong.push({ at: name.at, text: refused });
      else if (!done.has(at)) follow(read(at), here);
    }
    done.set(written.path, { written, wrong });
  };
  follow(config, []);
  return [...done.values()];
}

/** The paths; what is none is the validator's to refuse. */
function namesIn(root: Located | undefined): readonly LocatedScalar[] {
  const names = root?.kind === 'map' ? root.entries.get('extends')?.value : undefined;
  const all = names?.kind === 'list' ? names.items : names ? [names] : [];
  return all.filter((name) => name.kind === 'scalar' && typeof name.value === 'string' && name.value.trim() !== '') as LocatedScalar[];
}

/** Why a file is not to be read, as a sentence; undefined where it may be. */
function refusal(name: LocatedScalar, at: string, way: readonly string[], root: Root, io: Io): string | undefined {
  const written = String(name.value);
  const names = `\`extends\` names ${shown(name)}, `;
  const outside = `${names}which lies outside ${root.repository ? 'this repository' : "this config's folder"} and is not read`;
  if (path.isAbsolute(written) || /^[A-Za-z]:[/\\]/.test(written)) return `${names}but takes paths relative to this file alone`;
  if (!isInside(root.folder, at)) return outside;
  if (way.includes(at))
    return `\`extends\` leads in a circle: ${[...way.slice(way.indexOf(at)), at].map((file) => path.relative(root.folder, file)).join(' → ')}`;
  if (way.length >= MOST_FILES) return `\`extends\` leads through more than ${MOST_FILES} files`;
  const kind = io.stat(at);
  if (kind === undefined) return `${names}and there is no such file`;
  if (kind !== 'file') return `${names}which is ${kind === 'folder' ? 'a folder' : 'not a regular file'}`;
  if (!/\.(?:ya?ml|json)$/i.test(at)) return `${names}but a config is a .yml, .yaml or .json file`;
  // A link inside may lead outside.
  return isInside(io.realpath(root.folder), io.realpath(at)) ? undefined : outside;
}
