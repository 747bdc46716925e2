import { describe, expect, it } from 'vitest';
import { overridesIn } from '../../../src/frontends/cloudformation/vtl.ts';
import type { Part } from '../../../src/value/tree.ts';
import { ofParts } from '../../../src/value/tree.ts';
import type { Provenance } from '../../../src/value/value.ts';
import { show, textAt } from './support.ts';

/** A template of texts and, for null, holes; each stands somewhere of its own. */
function template(...texts: readonly (string | null)[]) {
  const file = { path: 'template.yml', text: texts.map((text) => text ?? '${Hole}').join('') };
  let start = 0;
  const parts = texts.map((text): Part => {
    const from: Provenance = { kind: 'literal', at: { file, path: [], start, end: start + (text ?? '${Hole}').length } };
    start = from.at.end;
    return text === null ? { hole: 'it is a hole', from } : { text, from };
  });
  return ofParts(parts, { kind: 'literal', at: { file, path: [], start: 0, end: file.text.length } });
}

const origin = (...texts: readonly (string | null)[]): unknown => {
  const { origin: found } = overridesIn(template(...texts));
  return found.kind === 'echo' ? found.among.map(({ match, text }) => `${match} ${String(show(text))}`) : found.kind;
};

const SET = '#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)';
// As compiled by osls 4.3.1 (oracles/serverless/pairs/http-008) and by aws-cdk-lib 2.276.0 (reference/cdk.md, section 2).
const serverless = (condition: string): string =>
  `#set($origin = $input.params("Origin"))\n#if($origin == "") #set($origin = $input.params("origin")) #end\n#if(${condition}) ${SET} #end`;
const cdk = (condition: string): string =>
  `#set($origin = $input.params().header.get("Origin"))\n#if($origin == "")\n  #set($origin = $input.params().header.get("origin"))\n#end\n#if(${condition})\n  ${SET}\n#end`;

describe('echoes a list', () => {
  it.each([
    [
      serverless('$origin.matches("https://app[.]example[.]com") || $origin.matches("https://admin[.]example[.]com")'),
      ['regex https://app[.]example[.]com', 'regex https://admin[.]example[.]com'],
    ],
    // http-009: a trailing comma.
    [serverless('$origin.matches("https://app[.]example[.]com") || $origin.matches("")'), ['regex https://app[.]example[.]com', 'regex ']],
    [serverless('$origin.matches("https://[::1]:8080")'), ['regex https://[::1]:8080']],
    [
      cdk('$origin == "https://admin.example.com" || $origin == "http://localhost:3000"'),
      ['exact https://admin.example.com', 'exact http://localhost:3000'],
    ],
    [cdk("($origin.equals('https://a.com'))"), ['exact https://a.com']],
    [
      `#set($domains = ["https://a.com", "https://b.com"])\n#set($o = $input.params("origin"))\n#if($domains.contains($o))\n${SET.replace('$origin', '"$o"')}\n#end`,
      ['exact https://a.com', 'exact https://b.com'],
    ],
    [
      `#if($input.params('origin') == 'https://a.com')#set($context.responseOverride.header["Access-Control-Allow-Origin"] = $input.params('origin'))#end`,
      ['exact https://a.com'],
    ],
    [`#set($origin=$input.params().header.origin)#if($origin == "a")${SET}#elseif($origin == "b")${SET}#end`, ['exact a', 'exact b']],
    [`#set($origin=$input.params().header.origin)#if($origin)#if($origin == "a")${SET}#end#end`, ['exact a']],
  ])('%s', (text, among) => expect(origin(text)).toEqual(among));
});

describe('reflects whoever asks', () => {
  it.each([
    // http-012, http-048
    serverless('$origin.matches(".+")'),
    serverless('$origin.matches(".+") || $origin.matches("https://app[.]example[.]com")'),
    serverless('$origin.matches(".*")'),
    `#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params('origin'))`,
    `#set($origin = $input.params().header.get("Origin"))\n${SET}`,
    `#set($origin = $input.params("origin"))#if($origin != "")${SET}#end`,
    `#set($origin = $input.params("origin"))#if($origin == "")x#else${SET}#end`,
    `## responseOverride\n#set($origin = $input.params("origin")) #* #if($x) *# ${SET}`,
  ])('%s', (text) => expect(origin(text)).toBe('reflect'));
});

describe('is unknown in any other form', () => {
  it.each([
    `#if($context.identity.sourceIp == "x")#set($origin = $input.params("origin"))${SET}#end`,
    `#set($origin = $input.params("origin"))#foreach($o in $list)#if($o == $origin)${SET}#end#end`,
    `#set($origin = $input.params("origin"))#if($origin == "a")x#else${SET}#end`,
    `#set($origin = $input.params("origin"))#if($origin.startsWith("https://"))${SET}#end`,
    `#set($origin = $input.params("origin"))#if($origin == "a" && $x == "b")${SET}#end`,
    `#set($origin = $input.params("origin"))#if($origin == "")#set($origin = "https://a.com")#end${SET}`,
    `#set($context.responseOverride.header.Access-Control-Allow-Origin = "https://a.com")`,
    `#set($h = $context.responseOverride.header)#set($h["Access-Control-Allow-Origin"] = "x")`,
    `#if($origin == "a" #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)`,
  ])('%s', (text) => expect(origin(text)).toBe('unknown'));
});

describe('says nothing of the header', () => {
  it.each(['', '{}', '#set($x = 1)', '#set($context.responseOverride.status = 500)', "$input.path('$')"])('%s', (text) =>
    expect(origin(text)).toBe('none'),
  );
});

describe('with holes', () => {
  const [before = '', after = ''] = cdk('$origin == "|"').split('|');

  it('keeps what is known', () => {
    expect(origin(before, null, after)).toEqual(['exact ?…']);
    expect(origin(before, 'https://', null, '.com', after)).toEqual(['exact ?https://….com']);
  });

  it('keeps a hole as one entry among others, though it may match anything', () => {
    const [head = '', tail = ''] = serverless('$origin.matches("|")').split('|');
    expect(origin(head, null, tail)).toEqual(['regex ?…']);
    expect(origin(head, 'https://', null, tail)).toEqual(['regex ?https://…']);
  });

  it('that is one hole is unknown', () => expect(origin(null)).toBe('unknown'));

  it('knows where each pattern comes from', () => {
    const [head = '', tail = ''] = serverless('$origin.matches("|")').split('|');
    const { origin: found } = overridesIn(template(head, 'https://a[.]com', tail));
    expect(found.kind === 'echo' && found.among.map(({ text }) => textAt(text.from.at))).toEqual(['https://a[.]com']);
  });
});

it('names the other headers that it sets', () => {
  const { origin: found, others } = overridesIn(
    template('#set($context.responseOverride.header.Access-Control-Allow-Credentials = "true")'),
  );
  expect([found.kind, [...others]]).toEqual(['none', ['access-control-allow-credentials']]);
});

it.each([
  ['#if('.repeat(50_000)],
  ['#*'.repeat(100_000)],
  [`#if(${'('.repeat(50_000)}$origin${')'.repeat(50_000)})#end`],
  [
    `#set($origin = $input.params("origin"))#if(${Array.from({ length: 5000 }, (_, i) => `$origin == "https://${i}.com"`).join(' || ')})${SET}#end`,
  ],
  [`#if(${'$origin.matches("'.repeat(20_000)})#end`],
  [`#if(${' '.repeat(200_000)}`],
])('takes bounded time', (text) => {
  const started = performance.now();
  overridesIn(template(`$context.responseOverride.header.Access-Control-Allow-Origin ${text}`));
  expect(performance.now() - started).toBeLessThan(1500);
});
