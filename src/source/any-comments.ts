import type { Comment, Parsed } from './located.ts';
import type { SourceFile } from './location.ts';

/** The comments that speak of cors-lint, in the order of the file, whatever its language. `read`: what is asked where it is YAML or JSON. */
export async function commentsIn(file: SourceFile, read: () => Parsed): Promise<readonly Comment[]> {
  if (!file.text.includes('cors-lint')) return [];
  if (/\.py$/i.test(file.path)) return wholeLines(file, '#');
  const code = /\.[cm]?([jt])sx?$/i.exec(file.path);
  if (!code) return read().comments;
  const parsed = (await import('./javascript.ts')).parseJavaScript(file, code[1]?.toLowerCase() === 't');
  return 'comments' in parsed ? parsed.comments : wholeLines(file, '//');
}

/** Those that have a line to themselves: no parser is needed for them, and hardly any string looks like one. */
function* linesWith({ text }: SourceFile, marker: string): Iterable<readonly [start: number, words: string]> {
  for (const match of text.matchAll(/^[^\S\n]*(\S[^\n]*)$/gm)) {
    const [line, words = ''] = match;
    if (words.startsWith(marker)) yield [match.index + line.length - words.length, words.trimEnd()];
  }
}

const wholeLines = (file: SourceFile, marker: string): Comment[] =>
  [...linesWith(file, marker)]
    .filter(([, words]) => words.includes('cors-lint'))
    .map(([start, words]) => ({ at: { file, path: [], start, end: start + words.length }, text: words.slice(marker.length) }));
