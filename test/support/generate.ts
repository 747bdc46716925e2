import process from 'node:process';
import { generated } from '../../scripts/validators.ts';
import { write } from '../../scripts/printed.ts';

/** Before any test: what is compiled from the config's schema and the rules, so that no test sees that of yesterday. */
export default function setup(): void {
  write(process.cwd(), generated());
}
