import { describe, expect, it } from 'vitest';
import { faults, read } from './helpers.ts';

/** A bit of everything, so that a change of one character breaks each thing in turn. */
const YAML = `%YAML 1.2
---
# cors-lint-disable
service: &name my-api
x: &x { a: 1, 'b': "two\\n", <<: { c: [1, 2] } }
functions:
  list: !Sub
    - '\${A}'
    - A: !GetAtt [B, C]
  get:
    <<: [*x, *x]
    events:
      - http: # cors-lint
          path: ? k
          cors:
            origin: '*'
            text: |-2
                folded
              # no comment
      - *name
...
`;
const JSON_TEXT = '{ "a": [1, -2.5e3, true, null, "x\\u00e9\\"", {}], "b": { "c": { "Ref": "D" } }, "a": [[], ""] }\n';

const CHARACTERS = [
  '',
  ' ',
  '\n',
  '\t',
  '\r\n',
  '\0',
  '\uFEFF',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  '-',
  '?',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '\\',
  '<<',
  '---\n',
  '/',
];

function* mutants(text: string): Generator<string> {
  for (let i = 0; i <= text.length; i += 1) {
    yield text.slice(0, i);
    // Five of them at each place, each in turn.
    for (const character of CHARACTERS.filter((_, at) => (at + i) % 6 === 0)) yield text.slice(0, i) + character + text.slice(i + (i % 2));
  }
}

describe('a file that is broken anywhere', () => {
  it.each([
    ['serverless.yml', YAML],
    ['serverless.yml', YAML.replaceAll('\n', '\r\n').slice(60, 500)],
    ['template.json', JSON_TEXT],
    ['template.yml', JSON_TEXT],
  ])(
    '%s is read without a throw, with at most one syntax error, and with places inside it',
    (path, text) => {
      for (const mutant of mutants(text)) {
        const wrong = faults(read(mutant, path), mutant);
        if (wrong.length > 0) expect(wrong, JSON.stringify(mutant)).toEqual([]);
      }
    },
    120_000,
  );
});
