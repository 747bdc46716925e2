import { describe, expect, it } from 'vitest';
import { partsOf, type Tree } from '../../../src/value/tree.ts';
import { siteOf } from '../../../src/value/value.ts';
import { lift, plain, resolved, textAt } from './support.ts';

const PARAMETERS = `
Parameters:
  Stage: { Type: String, Default: dev }
  Env: { Type: String, AllowedValues: [dev, prod] }
  One: { Type: String, AllowedValues: [only] }
  List: { Type: CommaDelimitedList, Default: 'a,b' }
  Stored: { Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [/a, /b] }
Mappings:
  Origins:
    dev: { Url: 'http://localhost:3000', All: [a, b] }
    prod: { Url: 'https://example.com', All: [c] }
`;
const here = (value: string): unknown => plain(resolved(value, PARAMETERS));

describe('references', () => {
  it.each([
    // A default is only one possible value.
    ['!Ref Stage', '?{it is the parameter "Stage", given at deploy time}'],
    ['!Ref List', '?{it is the parameter "List", given at deploy time}'],
    // AllowedValues of an SSM parameter are names of parameters, not values.
    ['!Ref Stored', '?{it is the parameter "Stored", given at deploy time}'],
    ['!Ref Env', { Env: { dev: 'dev', prod: 'prod' } }],
    ['!Ref One', 'only'],
    ['!Ref Other', '?{it is the id of Other, made at deploy time}'],
    ['!GetAtt Other.Arn', '?{it is the attribute Arn of Other, made at deploy time}'],
    ["{ 'Fn::GetAtt': Other.Arn.X }", '?{it is the attribute Arn.X of Other, made at deploy time}'],
    ['!Ref AWS::Region', '?{it is AWS::Region, known at deploy time}'],
    ['!Ref AWS::NoValue', '-'],
    ['!ImportValue shared-api', '?{it is the export "shared-api" of another stack}'],
    ["!ImportValue { 'Fn::Sub': '${Stage}-api' }", '?{it is the export "${Stage}-api" of another stack}'],
    ["!GetAZs ''", '?{Fn::GetAZs is worked out at deploy time}'],
    ["{ 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } }", '?{the macro AWS::Include makes it}'],
    ["{ 'Fn::ToJsonString': { a: 1 } }", '?{Fn::ToJsonString is worked out at deploy time}'],
    ["'{{resolve:ssm:/origin:1}}'", '?{it is looked up in ssm at deploy time}'],
    ["'https://{{resolve:secretsmanager:x}}/'", '?https://{it is looked up in secretsmanager at deploy time}/'],
  ])('%s', (text, value) => expect(here(text)).toEqual(value));

  it('keep the name of the resource', () => {
    const names = (tree: Tree) => (tree.kind === 'unknown' ? tree.names : undefined);
    expect(names(resolved('!Ref Other'))).toEqual({ id: 'Other' });
    expect(names(resolved('!GetAtt Other.Arn'))).toEqual({ id: 'Other', attribute: 'Arn' });
    expect(names(resolved("!Sub '${Other}'"))).toEqual({ id: 'Other' });
    expect(names(resolved("!Join ['', [!GetAtt [Other, Arn]]]"))).toEqual({ id: 'Other', attribute: 'Arn' });
  });

  it('point at what the user can edit, and from there at the definition', () => {
    const branch = (tree: Tree) => (tree.kind === 'choice' ? (tree.branches.get('prod') ?? tree) : tree);
    const ref = branch(resolved('!Ref Env', PARAMETERS));
    expect(textAt(ref.from.at)).toBe('Env');
    expect(textAt(siteOf(ref.from))).toBe('prod');
    const free = resolved("!Sub 'https://${Stage}.example.com'", PARAMETERS);
    const parts = free.kind === 'unknown' ? partsOf(free).map(({ from }) => textAt(from.at)) : [];
    expect(parts).toEqual(["'https://${Stage}.example.com'", '${Stage}', "'https://${Stage}.example.com'"]);
    const found = resolved('!FindInMap [Origins, prod, Url]', PARAMETERS);
    expect(textAt(siteOf(found.from))).toBe("'https://example.com'");
  });
});

describe('texts', () => {
  it.each([
    ["!Sub 'https://${Env}.x'", { Env: { dev: 'https://dev.x', prod: 'https://prod.x' } }],
    ["!Sub '${!Env}-${One}'", '${Env}-only'],
    ["!Sub ['${A}${B}/${Other.Arn}', { A: !Ref One, B: 1 }]", '?only1/{it is the attribute Arn of Other, made at deploy time}'],
    ["!Sub 'a${AWS::Region}b'", '?a{it is AWS::Region, known at deploy time}b'],
    ["!Sub ['${X}', { X: !Ref AWS::NoValue }]", ''],
    ["!Sub '${'", '${'],
    ['!Join [\'\', ["\'", !Ref One, "\'"]]', "'only'"],
    ["!Join [',', [a, !Ref AWS::NoValue, !Ref Env]]", { Env: { dev: 'a,dev', prod: 'a,prod' } }],
    ["!Join [',', !Ref List]", '?{it is the parameter "List", given at deploy time}'],
    ["!Join [',', !FindInMap [Origins, dev, All]]", 'a,b'],
    ["!Split [',', 'a,b']", ['a', 'b']],
    ["!Split [',', !Ref Stage]", '?{it is the parameter "Stage", given at deploy time}'],
    ["!Select [1, !Split [',', 'a,b']]", 'b'],
    ['!Select [0, !Ref List]', '?{it is the parameter "List", given at deploy time}'],
    ['!Select [2, [a, b]]', '?{Fn::Select asks for item 2 of 2}'],
    ['!Select [-1, [a, b]]', '?{Fn::Select asks for item -1 of 2}'],
    ['!FindInMap [Origins, !Ref Env, Url]', { Env: { dev: 'http://localhost:3000', prod: 'https://example.com' } }],
    ['!FindInMap [Origins, test, Url]', '?{the mapping has no Origins.test.Url}'],
    ['!FindInMap [Origins, test, Url, { DefaultValue: d }]', 'd'],
    ['!FindInMap [Origins, !Ref AWS::Region, Url]', '?{it is AWS::Region, known at deploy time}'],
    ["!Sub 'https://{{resolve:ssm:${One}}}'", '?https://{it is looked up in ssm at deploy time}'],
  ])('%s', (text, value) => expect(here(text)).toEqual(value));
});

describe('wrong arguments', () => {
  it.each([
    '!Join a',
    '!Join [a]',
    "!Join ['', { a: b }]",
    '!Sub [[a]]',
    '!Sub { a: b }',
    '!Select a',
    '!Select [a, b]',
    '!Split [a]',
    '!FindInMap [a]',
    '!If [a]',
    '!If []',
    '!Ref [a]',
    '!GetAtt { a: b }',
    '!GetAtt []',
  ])('%s is unknown', (text) => expect(String(here(text))).toMatch(/^\?/));

  it('a function beside other keys', () => expect(here("{ 'Fn::Sub': a, b: c }")).toBe('?{Fn::Sub stands beside other keys}'));
});

describe('choices', () => {
  it('are distributed over a text, each question once', () => {
    expect(here("!Sub '${Env}-${Env}'")).toEqual({ Env: { dev: 'dev-dev', prod: 'prod-prod' } });
  });

  it('are unknown past 64 combinations', () => {
    const names = Array.from({ length: 7 }, (_, i) => `P${i}`);
    const parameters = `Parameters:\n${names.map((name) => `  ${name}: { Type: String, AllowedValues: [a, b] }`).join('\n')}\n`;
    expect(plain(resolved(`!Sub '${names.map((name) => `\${${name}}`).join('')}'`, parameters))).toBe(
      '?{it hangs on too many conditions at once}',
    );
  });

  it('take the values that the user gives', () => {
    const { apis } = lift(
      `Parameters: { Env: { Type: String, AllowedValues: [dev, prod] } }
Resources:
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: [!Sub 'https://\${Env}.x'] } } }`,
      { params: { Env: 'prod' } },
    );
    expect(apis[0]?.managed?.origins).toMatchObject({ kind: 'known', value: [{ kind: 'known', value: 'https://prod.x' }] });
  });

  it('tell an absent value from a present one', () => {
    const rest = `${PARAMETERS}\nConditions: { IsProd: !Equals [!Ref Env, prod] }`;
    expect(plain(resolved('{ A: !If [IsProd, x, !Ref AWS::NoValue], B: [!If [IsProd, !Ref AWS::NoValue, y]] }', rest))).toEqual({
      A: { Env: { dev: '-', prod: 'x' } },
      B: [{ Env: { dev: 'y', prod: '-' } }],
    });
  });
});

it('ends where choices nest without end', () => {
  const parameters = Array.from({ length: 12 }, (_, i) => `  P${i}: { Type: String, AllowedValues: [a, b, c, d, e, f, g, h] }`).join('\n');
  const conditions = Array.from({ length: 12 }, (_, i) => `  C${i}: !Equals [!Ref P${i}, a]`).join('\n');
  const nested = (i: number): string => (i === 12 ? '!Ref P0' : `!If [C${i}, ${nested(i + 1)}, ${nested(i + 1)}]`);
  const started = performance.now();
  resolved(nested(0), `Parameters:\n${parameters}\nConditions:\n${conditions}\n`);
  expect(performance.now() - started).toBeLessThan(5000);
});
