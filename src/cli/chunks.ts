import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { Script } from 'node:vm';

export interface Chunks {
  /** What the chunk of this name exports. */
  load(name: string): unknown;
  /**
   * Keeps the bytecode of what was loaded and had none; of all that was loaded after the first run of a kind. Asked at the end of a run: only
   * functions that ran have any.
   */
  keep(kind: string): void;
}

/** A chunk as it is bundled: a function, so that nothing is put around it before V8 reads it. */
type Wrapped = (exports: object, require: (id: string) => unknown, filename: string) => void;

interface Loaded {
  readonly exports: object;
  readonly script: Script;
  /** Without bytecode that V8 took. */
  readonly isBare: boolean;
}

/**
 * Loads the files that the program is bundled into, with the bytecode that V8 made of them in an earlier run: to compile is most of a short
 * run. (Node's own compile cache, which Node 20 lacks, saves less than half of that.) It lies in a folder of the package, so whoever can
 * write it could write the program as well. Where it cannot be written, or V8 refuses it (which looks at its own version and flags, and at
 * the lengths of bytecode and source), the source is compiled, as ever. As for Node's cache, NODE_DISABLE_COMPILE_CACHE says not to.
 * `release`: what tells one build of the package from another.
 */
export function chunksIn(folder: string, release: string): Chunks {
  const kept = `${folder}/bytecode/${release}-${process.version}-${process.arch}`;
  const wanted = !process.env['NODE_DISABLE_COMPILE_CACHE'];
  const loaded = new Map<string, Loaded>();

  const required = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : process.getBuiltinModule(id));

  function load(name: string): object {
    const before = loaded.get(name);
    if (before) return before.exports;
    const filename = `${folder}/${name}`;
    // The build sees to it that they are ASCII: nothing is read faster.
    const source = contentOf(filename).toString('latin1');
    const cachedData = wanted ? bytecodeAt(`${kept}/${name}`) : undefined;
    const script = new Script(source, cachedData ? { filename, cachedData } : { filename });
    const exports = {};
    loaded.set(name, { exports, script, isBare: script.cachedDataRejected !== false });
    (script.runInThisContext() as Wrapped)(exports, required, filename);
    return exports;
  }

  function keep(kind: string): void {
    if (!wanted) return;
    const mark = `${kept}/${kind}`;
    const isFirst = !existsSync(mark);
    const lacking = [...loaded].filter(([, { isBare }]) => isFirst || isBare);
    if (lacking.length === 0) return;
    try {
      mkdirSync(kept, { recursive: true });
      for (const [name, { script }] of lacking) replace(`${kept}/${name}`, script.createCachedData());
      writeFileSync(mark, '');
    } catch {
      // A package that cannot be written, or a full disk: the next run starts as slowly as this one, and is as right.
    }
  }

  return { load, keep };
}

function bytecodeAt(file: string): Buffer | undefined {
  try {
    return contentOf(file);
  } catch {
    return undefined;
  }
}

/** No chunk is longer, as the build sees to. */
const MOST_BYTES = 4_000_000;

/** One for all: memory that is touched for the first time costs the system more than the reading. */
const buffer = Buffer.allocUnsafeSlow(MOST_BYTES);

/** Good until the next is read. (`readFileSync` would first ask how long the file is, and take as long again.) */
function contentOf(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}

/** In one step, and only what has reached the disk: another run may be reading it, and V8 trusts what it finds. */
function replace(file: string, content: Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { flush: true });
  renameSync(draft, file);
}
