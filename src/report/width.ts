import { visible } from './text.ts';

/** Text of a file as one line of a terminal shows it: a tab is a few spaces, what would act on the terminal is written out. */
export const drawn = (text: string): string => visible(text.replaceAll('\t', '    '));

/** How many columns a terminal takes for a drawn text: two for East Asian letters and emoji, none for what is put on another letter. */
export function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes().segment(text)) width += WIDE.test(segment) ? 2 : NOTHING.test(segment) ? 0 : 1;
  return width;
}

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\u3000-\u303E\u30A0-\u30FF\uFF01-\uFF60\uFFE0-\uFFE6]|\uFE0F/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

let segmenter: Intl.Segmenter | undefined;
/** Made where it is first needed: it takes a while. */
const graphemes = (): Intl.Segmenter => (segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' }));
