import type { Document, LiftContext } from '../frontend.ts';

/** So far up does a part of a service lie at most. */
const MOST_FOLDERS = 6;

const DATA = ['serverless.yml', 'serverless.yaml', 'serverless.json'];
const CODE = ['serverless.ts', 'serverless.js', 'serverless.mjs', 'serverless.cjs'];

/**
 * Whether a configuration of the Serverless Framework in a folder above takes the file in (`${file(resources/roles.yml)}`): then it is no
 * template by itself, and what it refers to may stand there.
 */
export function isPart({ file }: Document, { consult, loadText }: LiftContext): boolean {
  const name = file.path.replace(/^.*[/\\]/, '');
  const takesIn = (text: string): boolean => text.split('\n').some((line) => line.includes('file(') && line.includes(name));
  const data = (at: string): string => {
    const loaded = consult?.(at);
    return loaded?.kind === 'document' ? loaded.document.file.text : '';
  };
  const code = (at: string): string => {
    const loaded = loadText?.(at);
    return loaded?.kind === 'text' ? loaded.file.text : '';
  };
  const folders = Array.from({ length: MOST_FOLDERS }, (_, up) => '../'.repeat(up));
  return folders.some((folder) => DATA.some((one) => takesIn(data(folder + one))) || CODE.some((one) => takesIn(code(folder + one))));
}
