import type { Kind } from './text.ts';

export type Style = 'red' | 'yellow' | 'cyan' | 'dim' | 'underline' | 'bold';
export type Paint = (style: Style, text: string) => string;

const CODES = {
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
  underline: [4, 24],
  bold: [1, 22],
} as const satisfies Record<Style, readonly [number, number]>;

const plain: Paint = (_, text) => text;
const coloured: Paint = (style, text) => `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`;

export const paintOf = ({ colour }: { readonly colour: boolean }): Paint => (colour ? coloured : plain);

export const STYLES = { error: 'red', warning: 'yellow', note: 'cyan', possible: 'cyan' } as const satisfies Record<Kind, Style>;
