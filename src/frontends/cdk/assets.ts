import type { Located } from '../../source/located.ts';
import { entriesIn, member, textOf } from './json.ts';
import { within } from './paths.ts';

/**
 * The files of an assembly that a template names by what they are called in the bucket: by hash ('2294d3…'), by object key
 * ('2294d3….json'), and by the key without what goes before and after the hash. Those that lie elsewhere are left out.
 */
export function readAssets(...sources: readonly (Located | undefined)[]): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const [hash, { value }] of sources.flatMap((source) => [...entriesIn(member(source, 'files'))])) {
    const file = within(textOf(member(value, 'source', 'path')) ?? '..');
    if (file === undefined) continue;
    assets.set(hash, file);
    for (const { value: destination } of entriesIn(member(value, 'destinations')).values()) {
      const key = textOf(member(destination, 'objectKey'));
      if (key === undefined) continue;
      assets.set(key, file);
      assets.set(key.replace(/^.*\//, '').replace(/\.[a-z]+$/, ''), file);
    }
  }
  return assets;
}
