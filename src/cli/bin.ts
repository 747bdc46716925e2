import { chunksIn } from './chunks.ts';
import type * as program from './process.ts';
import { version } from './version.ts';

const [first, ...others] = process.argv.slice(2);
// Asked by programs that look whether it is there: the linter is not loaded for it.
if ((first === '--version' || first === '-v') && others.length === 0) {
  process.stdout.write(`${version}\n`);
} else {
  const chunks = chunksIn(import.meta.dirname, version);
  const { run } = chunks.load('cli-start.cjs') as typeof program;
  void run().then((kind) => {
    if (kind !== undefined) chunks.keep(kind);
    // All is written. To tidy up what the system takes back anyway would take Node a millisecond.
    process.exit();
  });
}
