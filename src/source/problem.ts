import type { SyntaxProblem } from './located.ts';

/** What a person wrote, in backticks where it has none, short enough for a message. */
export function quoted(text: string, length = 40): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length > length ? `${line.slice(0, length - 1)}…` : line;
  return short.includes('`') ? `"${short}"` : `\`${short}\``;
}

/** The same in JSON and YAML. */
export const duplicateText = (key: string): string => `the key ${quoted(key)} stands twice in this map`;

/** As they stand in the file. */
export const inOrder = (problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] =>
  problems.toSorted((a, b) => a.at.start - b.at.start);
