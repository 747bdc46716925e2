import { describe, expect, it } from 'vitest';
import { parseTemplate, type Source, type Template } from '../../../src/frontends/serverless/variables/syntax.ts';

/** A template as text again, structure made visible: [name(params):address | fallback]. */
const shown = (template: Template): string =>
  template.map((piece) => (typeof piece === 'string' ? piece : `[${piece.sources.map(source).join(' | ')}]`)).join('');
const source = (one: Source): string => {
  if (one.kind === 'literal') return JSON.stringify(one.value);
  if (one.kind === 'invalid') return `invalid ${one.text}`;
  const params = one.params.length > 0 ? `(${one.params.map(shown).join('; ')})` : '';
  return `${one.name}${params}${one.address ? `:${shown(one.address)}` : ''}`;
};

// Expectations: reference/serverless-framework.md §3.1, and osls' own parser run on the same strings.
describe('variables', () => {
  it.each([
    ['${self:custom.a}', '[self:custom.a]'],
    ['https://${sls:stage}.example.com', 'https://[sls:stage].example.com'],
    ["${opt:stage, self:provider.stage, 'dev'}", '[opt:stage | self:provider.stage | "dev"]'],
    ['${opt:n, 5}', '[opt:n | 5]'],
    ['${opt:n, true}', '[opt:n | true]'],
    ['${self:custom.nothing, null}', '[self:custom.nothing | null]'],
    ['${opt:n, ""}', '[opt:n | ""]'],
    ['${opt:n, word}', '[opt:n | invalid word]'],
    ['${self:custom.${sls:stage}.origin}', '[self:custom.[sls:stage].origin]'],
    ["${file(./config.${opt:stage, 'dev'}.yml):cors.origins}", '[file(./config.[opt:stage | "dev"].yml):cors.origins]'],
    ['${file("./a b.yml")}', '[file(./a b.yml)]'],
    ['${strToBool(${self:custom.on})}', '[strToBool([self:custom.on])]'],
    ['${ssm(us-east-1, raw):/path/to/x}', '[ssm(us-east-1; raw):/path/to/x]'],
    ['${opt:a, ${self:custom.b}}', '[opt:a | nested([self:custom.b])]'],
    ['${self:custom.a}/${self:custom.b}', '[self:custom.a]/[self:custom.b]'],
  ])('%s', (text, want) => expect(shown(parseTemplate(text))).toBe(want));

  it.each([['${AWS::Region}'], ['${}'], ['${Foo}'], ['${foo}'], ['${self:never closed'], ['$5 and {x}']])('leaves %s as it is', (text) =>
    expect(parseTemplate(text)).toEqual([text]),
  );

  it('escapes', () => {
    expect(shown(parseTemplate('\\${self:a}'))).toBe('${self:a}');
    expect(shown(parseTemplate('\\\\${self:a}'))).toBe('\\[self:a]');
  });

  it('gives up nesting that no one writes, and says nothing worse than the text', () => {
    const deep = `${'${self:'.repeat(5000)}x${'}'.repeat(5000)}`;
    expect(parseTemplate(deep).length).toBeGreaterThan(0);
  });
});
