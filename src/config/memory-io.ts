import path from 'node:path';
import type { Entry, Io } from './io.ts';
import { bytesOf } from './overlay.ts';

/** A file system that is these files and nothing else, by absolute path: for tests, an editor, a web page. */
export function memoryIo(files: Readonly<Record<string, string | Uint8Array>>): Io {
  const contents = new Map(Object.entries(files).map(([file, content]) => [path.resolve(file), bytesOf(content)]));
  const below = (folder: string): string[] => {
    const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
    return [...contents.keys()].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  };
  return {
    read(file) {
      const content = contents.get(file);
      if (content) return content;
      throw Object.assign(new Error(`cannot read ${file}`), { code: below(file).length > 0 ? 'EISDIR' : 'ENOENT' });
    },
    stat: (file) => (contents.has(file) ? 'file' : below(file).length > 0 ? 'folder' : undefined),
    list(folder) {
      const entries = new Map<string, Entry>();
      for (const [name = '', ...deeper] of below(folder).map((file) => file.split(path.sep))) {
        entries.set(name, { name, kind: deeper.length > 0 ? 'folder' : 'file' });
      }
      return [...entries.values()];
    },
    realpath: (file) => file,
  };
}
