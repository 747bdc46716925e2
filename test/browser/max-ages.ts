import type { Header } from '../../src/browser/types.ts';

const sent = (...values: readonly string[]): Header[] => values.map((value) => ['Access-Control-Max-Age', value]);

/** Access-Control-Max-Age → for how many seconds Chromium, Firefox and WebKit remember the preflight: Chromium by its behaviour, the others by their source. */
export const maxAges: readonly (readonly [headers: readonly Header[], chromium: number, firefox: number, webkit: number])[] = [
  [[], 5, 5, 5],
  [sent(''), 5, 5, 5],
  [sent('abc'), 5, 0, 5],
  [sent("'600'"), 5, 0, 5],
  [sent('5.5'), 5, 0, 5],
  [sent('0'), 0, 0, 0],
  [sent('-1'), 0, 0, 0],
  [sent('+600'), 600, 0, 600],
  [sent('1'), 1, 1, 1],
  [sent(' 600 '), 600, 600, 600],
  [sent('600', '600'), 5, 0, 5],
  [sent('601'), 601, 601, 600],
  [sent('7200'), 7200, 7200, 600],
  [sent('7201'), 7200, 7201, 600],
  [sent('86400'), 7200, 86_400, 600],
  [sent('86401'), 7200, 86_400, 600],
  [sent('9223372036854775807'), 7200, 86_400, 600],
  [sent('9223372036854775808'), 5, 86_400, 5],
  [sent('99999999999999999999'), 5, 86_400, 5],
];
