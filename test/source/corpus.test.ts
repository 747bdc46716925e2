import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Lexer, parseDocument } from 'yaml';
import { compose } from '../../src/source/compose.ts';
import { parseJson } from '../../src/source/json.ts';
import { parse } from '../../src/source/parse.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { filesBelow, readText, shared } from '../support/shared.ts';
import { faults, plain, walk } from './helpers.ts';

const SHARED = shared('.');
const CORPUS = shared('corpus');
const load = (folder: string | undefined, wanted: RegExp) =>
  folder === undefined ? [] : filesBelow(folder, (name) => wanted.test(name)).map((path) => ({ path, text: readText(path) }));

const values = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

describe.skipIf(SHARED === undefined)('every template and oracle', () => {
  const files = load(SHARED, /\.(ya?ml|json|template)$/);

  it('is read without a throw, into a tree whose every place is right', () => {
    expect(files.length).toBeGreaterThan(2000);
    for (const file of files) expect(faults(parse(file), file.text), file.path).toEqual([]);
  }, 120_000);

  it('is what JSON.parse makes of it, if it is JSON', () => {
    let count = 0;
    for (const file of files) {
      const expected = values(file.text);
      if (expected === undefined) continue;
      count += 1;
      expect(JSON.stringify(plain(parse(file).root)), file.path).toBe(JSON.stringify(expected));
    }
    expect(count).toBeGreaterThan(1000);
  }, 120_000);

  it('is the same tree by either parser, if it is JSON', () => {
    const shape = (root: Parameters<typeof walk>[0]) =>
      [...walk(root)].map(({ kind, at, source, plain: bare }) => `${kind} ${JSON.stringify(at.path)} ${at.start} ${source} ${bare}`);
    const small = files.filter(({ text }) => text.length < 5000 && values(text) !== undefined);
    expect(small.length).toBeGreaterThan(100);
    for (const file of small) expect(shape(parseYaml(file).root), file.path).toEqual(shape(parseJson(file).root));
  }, 120_000);
});

describe.skipIf(CORPUS === undefined)('the corpus of templates', () => {
  const files = load(CORPUS, /\.(ya?ml|template)$/);
  const isStrict = (text: string) => {
    const composed = compose(text, new Lexer(), true);
    return composed.kind === 'documents' && composed.documents.every(({ errors }) => errors.length === 0);
  };

  it('has ten files that deploy though yaml refuses them, and two that are broken', () => {
    const refused = files.filter(({ text }) => !isStrict(text));
    const isBroken = (file: (typeof files)[number]) => parse(file).problems.some(({ kind }) => kind === 'syntax');
    expect(refused.filter((file) => !isBroken(file))).toHaveLength(10);
    expect(refused.filter(isBroken).map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual([
      'apigw-custom-domain-edge/template.yaml',
      'rds-sns-event-notification/template.yaml',
    ]);
  }, 120_000);

  it('has the values that yaml itself gives them', () => {
    for (const file of files.filter(({ text }) => isStrict(text))) {
      const document = parseDocument(file.text, { logLevel: 'silent', merge: true, uniqueKeys: false });
      expect(plain(parse(file).root), file.path).toEqual(document.toJS());
    }
  }, 120_000);

  it('has no comment of ours, so none is looked for', () =>
    expect(files.flatMap((file) => parse(file).comments.map(() => basename(file.path)))).toEqual([]));
});
