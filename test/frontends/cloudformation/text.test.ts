import { describe, expect, it } from 'vitest';
import { isCorsHeader } from '../../../src/frontends/cloudformation/responses.ts';
import { compose, membersOf, splitText, type Text } from '../../../src/frontends/cloudformation/text.ts';
import { partsOf, type Part } from '../../../src/value/tree.ts';
import type { Provenance } from '../../../src/value/value.ts';

const file = { path: 'a.yml', text: '' };
const from = (start: number): Provenance => ({ kind: 'literal', at: { file, path: [], start, end: start } });
/** Each stretch stands at its index; null is a hole. */
const textOf = (pieces: readonly (string | null)[]): Text =>
  compose(
    pieces.map((piece, i): Part => (piece === null ? { hole: 'why', from: from(i) } : { text: piece, from: from(i) })),
    from(99),
  );
const shown = (texts: readonly Text[]): readonly string[] =>
  texts.map(
    (text) =>
      `${text.from.at.start}: ${partsOf(text)
        .map((part) => ('text' in part ? part.text : '…'))
        .join('|')}`,
  );

describe('a text is cut at its separators', () => {
  it.each([
    [['a'], ['0: a']],
    [['a,b'], ['0: a', '0: b']],
    [[',a,,b,'], ['99: ', '0: a', '99: ', '0: b', '99: ']],
    [
      ['a', ',', 'b'],
      ['0: a', '2: b'],
    ],
    [
      ['a', 'b,c', 'd'],
      ['0: a|b', '1: c|d'],
    ],
    [
      ['https://', null, '.com,x'],
      ['0: https://|…|.com', '2: x'],
    ],
    [
      [null, ',', null],
      ['0: …', '2: …'],
    ],
    [['a', null, 'b'], ['0: a|…|b']],
    [[], ['99: ']],
  ])('%j', (pieces, members) => expect(shown(splitText(textOf(pieces), ','))).toEqual(members));
});

describe('the members of a header have no blanks around them', () => {
  it.each([
    [['GET, PUT ,POST'], ['0: GET', '0: PUT', '0: POST']],
    [[' , a b ,'], ['0: a b']],
    [
      ['GET', ', ', 'PUT'],
      ['0: GET', '2: PUT'],
    ],
    [
      ['GET', ' ', ',x'],
      ['0: GET', '2: x'],
    ],
    [
      [' a', null, ' ,b'],
      ['0: a|…', '2: b'],
    ],
  ])('%j', (pieces, members) => expect(shown(membersOf(textOf(pieces)))).toEqual(members));
});

describe('a header of CORS', () => {
  it.each(['Access-Control-Allow-Origin', 'access-control-max-age', 'VARY', 'Access-Control-Allow-Orgin', 'Access-Control-Expose-x_y'])(
    '%s is one',
    (name) => expect(isCorsHeader(name)).toBe(true),
  );
  it.each(['', 'Very', 'vary ', 'Origin', 'Access-Control-Request-Method', 'Access-Control-Allow-', 'Access-Control-Allow-a b', 'x-vary'])(
    '%j is none',
    (name) => expect(isCorsHeader(name)).toBe(false),
  );
});
