import { fstatSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { nodeIo } from '../config/node-io.ts';
import type { Environment } from './environment.ts';
import { main } from './main.ts';

/** A run over more documents takes its time, and calls functions that would weigh on the start of every short one. */
const FEW_DOCUMENTS = 4;

/** Runs the command line of this process, and sets its exit code. Of a short run, gives its kind: which functions of ours it needs. */
export async function run(): Promise<string | undefined> {
  let kind: string | undefined;
  const environment: Environment = {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    env: process.env,
    io: nodeIo,
    stdout: (text) => write(1, text),
    stderr: (text) => write(2, text),
    stdin: (most) => readUpTo(0, most),
    git: async () => (await import('./git.ts')).git,
    writeFile: (path, text) => writeFileSync(path, text),
    linted(documents) {
      if (documents.length > 0 && documents.length <= FEW_DOCUMENTS)
        kind = [...new Set(documents.map(({ dialect }) => dialect))].toSorted().join('+');
    },
    // `process.stdout` costs two milliseconds, and only a terminal is a character device.
    stdoutIsTerminal: () => isDevice(1) && process.stdout.isTTY,
    columns: () => (isDevice(1) ? process.stdout.columns : undefined),
  };
  process.exitCode = await main(environment);
  return kind;
}

/** Who reads may have gone (`| head`), which is no fault of the run; who reads slowly is waited for. */
function write(descriptor: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') return;
      pause();
    }
  }
}

function readUpTo(descriptor: 0, most: number): Uint8Array {
  let length = 0;
  const chunks: Buffer[] = [];
  const chunk = Buffer.allocUnsafe(65_536);
  for (;;) {
    try {
      const read = readSync(descriptor, chunk, 0, chunk.length, null);
      chunks.push(Buffer.from(chunk.subarray(0, read)));
      length += read;
      if (read === 0 || length > most) return Buffer.concat(chunks);
    } catch (error) {
      // Windows ends a pipe with EOF.
      if (codeOf(error) === 'EOF') return Buffer.concat(chunks);
      if (codeOf(error) !== 'EAGAIN') throw error;
      pause();
    }
  }
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;
const pause = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);

function isDevice(descriptor: 1): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed.
    return false;
  }
}
