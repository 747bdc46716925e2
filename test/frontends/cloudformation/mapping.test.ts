import { describe, expect, it } from 'vitest';
import { credentialsFrom, listFrom, originFrom, textFrom } from '../../../src/frontends/cloudformation/mapping.ts';
import type { AllowedOrigin } from '../../../src/model/api.ts';
import { list, resolved, show, written } from './support.ts';

const PARAMETERS =
  'Parameters: { P: { Type: String }, Q: { Type: String, AllowedValues: ["\'*\'", "*"] }, Dom: { Type: String, AllowedValues: [a, b] } }';
const tree = (text: string) => resolved(text, PARAMETERS);
const kind = (origin: AllowedOrigin): unknown => (origin.kind === 'fixed' ? origin.text : `<${origin.kind}>`);

describe('Access-Control-Allow-Origin of an integration response', () => {
  it.each([
    [`"'*'"`, '<any>'],
    [`'''*'''`, '<any>'],
    [`"'https://a.com'"`, 'https://a.com'],
    [`"''"`, ''],
    // A list is one value, whatever was meant (R14).
    [`"'https://a.com,https://b.com'"`, 'https://a.com,https://b.com'],
    // R12: the deploy refuses what is not quoted; YAML takes the quotes off these. Something is set all the same.
    [`'*'`, '?…'],
    [`"https://a.com"`, '?…'],
    [`"'"`, '?…'],
    ['3600', '?…'],
    ['[a]', '?…'],
    // R13
    ['integration.response.header.Origin', '?'],
    ['stageVariables.origin', '?'],
    ['context.authorizer.origin', '?'],
    ['method.request.header.origin', '?…'],
    // C17: quotes stand in the pieces of a composed text.
    [`!Sub "'https://\${P}.com'"`, '?https://….com'],
    [`!Join ['', ["'", !Ref P, "'"]]`, '?…'],
    [`!Sub "'https://\${Dom}.com'"`, { Dom: { a: 'https://a.com', b: 'https://b.com' } }],
    // A parameter may hold its quotes or an expression itself.
    ['!Ref P', '?'],
    ['!Ref Q', { Q: { "'*'": '<any>', '*': '?…' } }],
    [`!Sub "'\${P}"`, `?'…`],
  ])('%s', (text, value) => expect(show(originFrom(tree(text), 'integration-response'), kind)).toEqual(value));
});

describe('Access-Control-Allow-Origin of a gateway response', () => {
  it.each([
    [`"'https://a.com'"`, 'https://a.com'],
    // R35: whoever asks.
    ['method.request.header.origin', '<reflect>'],
    ['method.request.header.Origin', '<reflect>'],
    ['method.request.header.Accept', '?'],
    ['method.request.querystring.origin', '?'],
    ['integration.response.header.Origin', '?…'],
    ['"*"', '?…'],
  ])('%s', (text, value) => expect(show(originFrom(tree(text), 'gateway-response'), kind)).toEqual(value));
});

describe('Access-Control-Allow-Credentials', () => {
  it.each([
    [`"'true'"`, 'true'],
    [`"'True'"`, 'True'],
    // As the Serverless Framework writes it (integ-013).
    ['"true"', 'true'],
    ['true', 'true'],
    ['false', 'false'],
    ['yes', 'true'],
    ['"True"', '?'],
  ])('%s', (text, value) => expect(show(credentialsFrom(tree(text), 'integration-response'))).toEqual(value));
});

describe('lists', () => {
  it.each([
    [`"'GET,PUT, post ,'"`, ['GET', 'PUT', 'post']],
    [`"''"`, []],
    [`"'*'"`, ['*']],
    [`!Sub "'GET,\${P},X-\${P}'"`, ['GET', '?…', '?X-…']],
    [`!Sub "'GET,\${Dom}'"`, { Dom: { a: ['GET', 'a'], b: ['GET', 'b'] } }],
    ['GET', '?'],
  ])('%s', (text, value) => expect(list(listFrom(tree(text), 'integration-response'))).toEqual(value));

  it('know where each member comes from', () => {
    const found = listFrom(tree(`!Join ['', ["'", "GET", ",", "PUT,", !Ref Dom, "'"]]`), 'integration-response');
    const members = found.kind === 'choice' ? found.branches.get('b') : found;
    expect(members?.kind === 'known' && members.value.map(written)).toEqual(['"GET"', '"PUT,"', 'b']);
  });
});

it('a header that is not sent', () => {
  expect(show(textFrom(tree('!Ref AWS::NoValue'), 'integration-response'))).toBeUndefined();
  expect(show(textFrom(tree('null'), 'integration-response'))).toBeUndefined();
  expect(show(originFrom(tree('null'), 'integration-response'), kind)).toBe('<absent>');
});
