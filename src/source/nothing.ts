import type { LocatedScalar } from './located.ts';
import type { DocPath, SourceFile } from './location.ts';

/** An empty value. */
export const nothing = (file: SourceFile, path: DocPath, offset: number): LocatedScalar => ({
  kind: 'scalar',
  at: { file, path, start: offset, end: offset },
  source: '',
  plain: true,
  value: null,
});
