import type { SourceFile } from '../source/location.ts';

/** How a file is called in a sentence: its path may be of one machine alone. */
export const nameOf = ({ path }: SourceFile): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
