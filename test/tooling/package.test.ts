import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { describe, expect, it } from 'vitest';
import { withValues } from '../../scripts/chunks.mjs';
import { withGetters } from '../../scripts/deferred.mjs';
import { notice, packageOf } from '../../scripts/licences.mjs';
import { withoutPairs } from '../../scripts/pairs.mjs';
import { withStrings } from '../../scripts/strings.mjs';

interface Locked {
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('package.json', () => {
  const manifest = json('package.json') as Readonly<Record<string, unknown>>;

  it('needs no other package at run time', () => {
    const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'bundledDependencies'];
    expect(kinds.filter((kind) => kind in manifest)).toEqual([]);
  });

  it('holds back what `prepare` prints: pre-commit takes the output of `npm pack` for a file name', () =>
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^foreground-scripts=false$/m));

  it('and the lock agree on the version', () => expect(json('package-lock.json')).toMatchObject({ version: manifest['version'] }));
});

/** npm leaves a binding out of the lock when its registry lacks it, or when rolldown is there twice; then `npm ci` fails, everywhere. */
describe('package-lock.json', () => {
  const { packages } = json('package-lock.json') as { packages: Readonly<Record<string, Locked>> };

  it('holds the bindings for every platform', () => {
    const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !ways(at).some((way) => `${way}node_modules/${name}` in packages)),
    );
    expect(missing).toEqual([]);
  });

  it('has one rolldown', () =>
    expect(Object.keys(packages).filter((at) => at.endsWith('node_modules/rolldown'))).toEqual(['node_modules/rolldown']));
});

/** Where a package looks for another: 'a/node_modules/b' → 'a/node_modules/b/', 'a/', ''. */
function ways(at: string): string[] {
  const parts = at.split('node_modules/');
  return [`${at}/`, ...parts.map((_, i) => parts.slice(0, i).join('node_modules/'))];
}

describe('the licences of what is bundled', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cors-lint-'));
  const pack = (name: string, license: string, files: Readonly<Record<string, string>>): string => {
    const at = path.join(folder, name);
    mkdirSync(at);
    writeFileSync(path.join(at, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }));
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(at, file), text);
    return at;
  };

  it.each([
    ['/x/node_modules/yaml/browser/dist/index.js', '/x/node_modules/yaml'],
    ['/x/node_modules/a/node_modules/@b/c/index.js', '/x/node_modules/a/node_modules/@b/c'],
    ['C:\\x\\node_modules\\yaml\\index.js', 'C:\\x\\node_modules\\yaml'],
    ['/x/src/cli/bin.ts', undefined],
    ['\0rolldown/runtime.js', undefined],
  ])('%j is of %j', (id, of) => expect(packageOf(id)).toBe(of));

  it('are printed with their notices', () =>
    expect(
      notice([pack('one', 'Apache-2.0', { LICENSE: 'be nice\n', NOTICE: 'by us\n' }), pack('two', 'ISC', { 'license.md': 'or not' })]),
    ).toBe(
      `cors-lint contains code of these packages.\n\n${'-'.repeat(80)}\n\none 1.2.3 (Apache-2.0)\n\nbe nice\n\nby us\n\n${'-'.repeat(80)}\n\ntwo 1.2.3 (ISC)\n\nor not\n`,
    ));

  it('stop the build when nobody has looked at one, or when its text is missing', () => {
    expect(() => notice([pack('three', 'GPL-3.0-only', { LICENSE: 'share' })])).toThrow(
      'three is bundled under a licence that nobody has looked at: GPL-3.0-only',
    );
    expect(() => notice([pack('four', 'MIT', {})])).toThrow('four is bundled, but ships no licence text');
  });
});

describe('the strings of what is bundled', () => {
  it.each([
    ['f(`a`,`b "c" \\n \\u2026`)', 'f("a","b \\"c\\" \\n \\u2026")'],
    ['[`${x} a`,x?`b`:`c`,{[`d`]:`e`}]', '[`${x} a`,x?"b":"c",{["d"]:"e"}]'],
    ['`${f(`a`)}`', '`${f("a")}`'],
    // A tag sees how its template is written.
    ['String.raw`a\\n`+tag`b`+tag(`c`)`d${`e`}`', 'String.raw`a\\n`+tag`b`+tag("c")`d${"e"}`'],
  ])('%s', (code, written) => expect(withStrings(code, (text) => parseAst(text))).toBe(written));
});

describe('the pairs of what is bundled', () => {
  it.each([
    ['const [a, b] = [x, y];', 'const  a=x,b=y;'],
    ['let n,[a,b]=[1,[2,3]],m;', 'let n, a=1,b=[2,3],m;'],
    ['let[a]=[()=>{let[b,c]=[d,e];return b}];', 'let a=()=>{let b=d,c=e;return b};'],
    ['let[a,b]=[x,(y,z)];', 'let[a,b]=[x,(y,z)];'],
    [
      'let[a,b]=[x];let[c,d]=[...z,x];let[e]=z;let[f,g=1]=[x,y];[h,i]=[i,h];',
      'let[a,b]=[x];let[c,d]=[...z,x];let[e]=z;let[f,g=1]=[x,y];[h,i]=[i,h];',
    ],
  ])('%s', (code, written) => expect(withoutPairs(code, (text) => parseAst(text))).toBe(written));
});

describe('what a run loads', () => {
  const parse = (text: string): object => parseAst(text);
  const way = (name: string, value: string): string =>
    `Object.defineProperty(exports,"${name}",{enumerable:!0,get:function(){return ${value}}})`;

  it('exports values, but for what may change', () => {
    const code = 'const a=1,{b}=x;function c(){}class d{}let e,{f,g:[h=1,...i]}=y;var j;';
    const exported = (give: (name: string) => string): string => code + Array.from('abcdefhij', give).join(',');
    expect(
      withValues(
        exported((name) => way(`${name}1`, name)),
        parse,
      ),
    ).toBe(exported((name) => ('abcd'.includes(name) ? `exports.${name}1=${name}` : way(`${name}1`, name))));
  });

  it('leaves what a rule’s page is printed from until it is asked for', () => {
    const rule = (prose: (name: string, value: string) => string): string =>
      `const why = 1;\nexport default defineRule({ meta: { id: 'a', ${prose('why', '`b ${c}`')}, ${prose('remedy', "'d'")} }, ${prose('examples', '{ bad: [{ why: 1 }] }')}, check: { why: 2 } });\n`;
    expect(
      withGetters(
        rule((name, value) => `${name}: ${value}`),
        (text) => parseAst(text, { lang: 'ts' }),
      ),
    ).toBe(rule((name, value) => `get ${name}() { return ${value}; }`));
  });
});
