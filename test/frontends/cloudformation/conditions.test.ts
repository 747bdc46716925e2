import { describe, expect, it } from 'vitest';
import { always, narrow } from '../../../src/value/verdict.ts';
import { apiOf, lift, plain, resolved, verdict } from './support.ts';

const conditions = (text: string, parameters = 'Env: { Type: String }'): string => `Parameters:\n  ${parameters}\nConditions:\n  ${text}\n`;

describe('conditions that compare a parameter with literals are its worlds', () => {
  it('with its AllowedValues', () => {
    const rest = conditions('IsProd: !Equals [!Ref Env, prod]', 'Env: { Type: String, AllowedValues: [dev, test, prod] }');
    expect(plain(resolved('!If [IsProd, a, b]', rest))).toEqual({ Env: { dev: 'b', test: 'b', prod: 'a' } });
  });

  it('without: the compared literals, and any other', () => {
    const rest = conditions('IsProd: !Equals [!Ref Env, prod]\n  IsDev: !Equals [dev, !Ref Env]');
    expect(plain(resolved('!If [IsProd, a, !If [IsDev, b, c]]', rest))).toEqual({ Env: { prod: 'a', dev: 'b', 'any other': 'c' } });
    // There the value itself is known too.
    expect(plain(resolved('!If [IsProd, !Ref Env, x]', rest))).toEqual({ Env: { prod: 'prod', dev: 'x', 'any other': 'x' } });
  });

  it('so that two of them are never both true', () => {
    const { apis } = lift(`${conditions('IsProd: !Equals [!Ref Env, prod]\n  IsDev: !Equals [!Ref Env, dev]')}
Resources:
  A: { Type: 'AWS::ApiGateway::RestApi', Condition: IsProd }
  B: { Type: 'AWS::ApiGateway::RestApi', Condition: IsDev }`);
    const [a, b] = apis.map(({ exists }) => exists.filter(({ truth }) => truth === 'yes'));
    expect(a?.some((left) => b?.some((right) => narrow(left.when, right.when) !== undefined))).toBe(false);
    expect(apis.map(({ exists }) => verdict(exists))).toEqual([
      'yes when Env = prod; no when Env = dev or any other',
      'no when Env = prod or any other; yes when Env = dev',
    ]);
  });

  it('through And, Or, Not and Condition', () => {
    const rest = conditions(`IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [!Ref Env, dev]
  Known: !Or [!Condition IsProd, !Condition IsDev]
  Not: !Not [!Condition Known]
  Never: !And [!Condition IsProd, !Condition IsDev]`);
    expect(plain(resolved('!If [Not, a, b]', rest))).toEqual({ Env: { prod: 'b', dev: 'b', 'any other': 'a' } });
    expect(plain(resolved('!If [Never, a, b]', rest))).toBe('b');
  });

  it('by the keys of a mapping that is looked up by it', () => {
    const rest = 'Parameters: { Env: { Type: String } }\nMappings: { M: { dev: { V: 1 }, prod: { V: 2 } } }\n';
    expect(plain(resolved('!FindInMap [M, !Ref Env, V]', rest))).toEqual({
      Env: { dev: 1, prod: 2, 'any other': '?{it is the parameter "Env", given at deploy time}' },
    });
  });

  it('compare by text', () => {
    const rest = conditions("C: !Equals [!Ref Flag, 'true']", 'Flag: { Type: String, AllowedValues: [true, false] }');
    expect(plain(resolved('!If [C, a, b]', rest))).toEqual({ Flag: { true: 'a', false: 'b' } });
  });

  it('of which the user gives the value are decided', () => {
    const text = `${conditions('IsProd: !Equals [!Ref Env, prod]')}Resources: { A: { Type: 'AWS::ApiGateway::RestApi', Condition: IsProd } }`;
    const exists = (Env: string) => lift(text, { params: { Env } }).apis.map((api) => verdict(api.exists));
    expect([exists('prod'), exists('dev')]).toEqual([['yes'], []]);
  });

  it('between literals are decided', () => {
    expect(plain(resolved('!If [C, a, b]', conditions('C: !Equals [x, x]')))).toBe('a');
    expect(plain(resolved('!If [C, a, b]', conditions('C: !Equals [x, y]')))).toBe('b');
  });
});

describe('all others are questions by their name', () => {
  it.each([
    ['C: !Equals [!Ref AWS::Region, us-east-1]'],
    ['C: !Equals [!Ref Env, !Ref AWS::Region]'],
    ['C: !Nonsense [x]'],
    ['C: !Equals [x]'],
    ['C: [x]'],
    ['Other: !Equals [a, b]'],
    // In a circle.
    ['C: !Not [!Condition D]\n  D: !Not [!Condition C]'],
  ])('%s', (text) => expect(plain(resolved('!If [C, a, b]', conditions(text)))).toEqual({ C: { true: 'a', false: 'b' } }));

  it('and one question wherever they are met', () => {
    const rest = conditions('C: !Equals [!Ref AWS::Region, x]\n  D: !Not [!Condition C]');
    expect(plain(resolved('!If [C, !If [D, a, b], c]', rest))).toEqual({ C: { true: 'b', false: 'c' } });
  });

  it('in the worlds that do not settle them', () => {
    const rest = conditions('C: !And [!Equals [!Ref Env, prod], !Equals [!Ref AWS::Region, x]]');
    expect(plain(resolved('!If [C, a, b]', rest))).toEqual({ Env: { prod: { C: { true: 'a', false: 'b' } }, 'any other': 'b' } });
  });

  it('are not those of another template', () => {
    const api = apiOf(
      "Conditions: { C: !Equals [!Ref AWS::Region, x] }\nResources: { A: { Type: 'AWS::ApiGateway::RestApi', Condition: C } }",
    );
    expect(api.exists.flatMap(({ when }) => Object.keys(when))).toEqual(['template.yml#condition:C', 'template.yml#condition:C']);
  });
});

it('a resource that exists always has no worlds', () => {
  expect(apiOf("Resources: { A: { Type: 'AWS::ApiGateway::RestApi' } }").exists).toEqual(always('yes'));
});
