import { parseJson } from './json.ts';
import { MAX_LENGTH, tooLong } from './limits.ts';
import type { Parsed, SyntaxProblem } from './located.ts';
import { nothing } from './nothing.ts';
import { inOrder } from './problem.ts';
import type { SourceFile } from './location.ts';
import { parseYaml } from './yaml.ts';

/**
 * Reads a file, YAML or JSON, into a located tree: the only way from text to values. It never throws: what is wrong
 * with the file is in `problems`, and `root` holds what could be read nevertheless.
 */
export function parse(file: SourceFile): Parsed {
  const { text } = file;
  if (text.length > MAX_LENGTH) return unread(file, [0, 0], 'too-large', tooLong(text.length));
  const binary = text.indexOf('\0');
  if (binary !== -1) return unread(file, [binary, binary + 1], 'syntax', 'it is not a text file');
  return /\.json$/i.test(file.path) || /^\s*\{/.test(text) ? parseJsonOrYaml(file) : parseYaml(file);
}

function unread(file: SourceFile, [start, end]: readonly [number, number], kind: SyntaxProblem['kind'], text: string): Parsed {
  return { root: nothing(file, [], 0), problems: [{ at: { file, path: [], start, end }, kind, text }], comments: [] };
}

/** Templates are read by tools that take YAML: `#` comments and trailing commas deploy, though JSON knows neither. Others stop at them. */
function parseJsonOrYaml(file: SourceFile): Parsed {
  const json = { ...parseJson(file), comments: [] };
  const error = json.problems.find(({ kind }) => kind === 'syntax');
  // YAML would read `// text` as part of the next key.
  if (!error || file.text[error.at.start] === '/') return json;
  const yaml = parseYaml(file);
  const wrong = yaml.problems.find(({ kind }) => kind === 'syntax' || kind === 'too-large');
  if (!wrong)
    return /\.json$/i.test(file.path) && file.text.trim() !== ''
      ? { ...yaml, problems: inOrder([...yaml.problems, { ...error, kind: 'lax-json' }]) }
      : yaml;
  // Neither: a YAML file may well begin with a brace, but hardly with `{ "`.
  return /\.json$/i.test(file.path) || /^\s*\{\s*"/.test(file.text) ? json : yaml;
}
