import { describe, expect, it } from 'vitest';
import { Lexer, parseDocument } from 'yaml';
import { compose } from '../../src/source/compose.ts';
import { parseJson } from '../../src/source/json.ts';
import type { Located } from '../../src/source/located.ts';
import { parse } from '../../src/source/parse.ts';
import { parseYaml } from '../../src/source/yaml.ts';
import { filesBelow, readText, shared } from '../support/shared.ts';
import { faults, plain, walk } from './helpers.ts';

const SHARED = shared('.');
const CORPUS = shared('corpus');

const load = (folder: string | undefined, wanted: RegExp) =>
  (folder === undefined ? [] : filesBelow(folder, (name) => wanted.test(name))).map((path) => {
    const file = { path, text: readText(path) };
    return { file, parsed: parse(file) };
  });

const values = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
};

describe.skipIf(SHARED === undefined)('every template and oracle', () => {
  const all = load(SHARED, /\.(ya?ml|json|template)$/);

  it('is read without a throw, into a tree whose every place is right', () => {
    expect(all.length).toBeGreaterThan(2000);
    for (const { file, parsed } of all) expect(faults(parsed, file.text), file.path).toEqual([]);
  }, 120_000);

  it('is what JSON.parse makes of it, if it is JSON', () => {
    let count = 0;
    for (const { file, parsed } of all) {
      const expected = values(file.text);
      if (expected === undefined) continue;
      count += 1;
      expect(JSON.stringify(plain(parsed.root)), file.path).toBe(JSON.stringify(expected));
    }
    expect(count).toBeGreaterThan(1000);
  }, 120_000);

  it('is the same tree by either parser, if it is JSON', () => {
    const shape = (root: Located) =>
      [...walk(root)].map(({ kind, at, source, plain: bare }) => `${kind} ${JSON.stringify(at.path)} ${at.start} ${source} ${bare}`);
    const small = all.filter(({ file }) => file.text.length < 5000 && values(file.text) !== undefined);
    expect(small.length).toBeGreaterThan(100);
    for (const { file } of small) expect(shape(parseYaml(file).root), file.path).toEqual(shape(parseJson(file).root));
  }, 120_000);
});

describe.skipIf(CORPUS === undefined)('the corpus of templates', () => {
  const templates = load(CORPUS, /\.(ya?ml|template)$/).map((template) => {
    const composed = compose(template.file.text, new Lexer(), true);
    const accepted = composed.kind === 'documents' && composed.documents.every(({ errors }) => errors.length === 0);
    return { ...template, accepted, broken: template.parsed.problems.some(({ kind }) => kind === 'syntax') };
  });
  const names = (some: typeof templates) => some.map(({ file }) => file.path.split('/').slice(-2).join('/'));

  it('has ten files that deploy though yaml refuses them, and two that are broken', () => {
    const refused = templates.filter(({ accepted }) => !accepted);
    expect(refused.filter(({ broken }) => !broken)).toHaveLength(10);
    expect(names(refused.filter(({ broken }) => broken))).toEqual([
      'apigw-custom-domain-edge/template.yaml',
      'rds-sns-event-notification/template.yaml',
    ]);
    expect(names(templates.filter(({ accepted, broken }) => accepted && broken))).toEqual([]);
  });

  it('has the values that yaml itself gives them', () => {
    for (const { file, parsed } of templates.filter(({ accepted }) => accepted)) {
      const document = parseDocument(file.text, { logLevel: 'silent', merge: true, uniqueKeys: false });
      expect(plain(parsed.root), file.path).toEqual(document.toJS());
    }
  }, 120_000);
});
