const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** A literal's parts as written: `rb'''text'''`. */
export function unquoted(written: string): { readonly prefix: string; readonly quote: string; readonly inner: string } {
  const [, prefix = '', quote = ''] = /^([a-z]*)("""|'''|"|')/i.exec(written) ?? [];
  return { prefix: prefix.toLowerCase(), quote, inner: written.slice(prefix.length + quote.length, -quote.length || undefined) };
}

/** What escapes mean; undefined where one needs Unicode's table of names (`\N{BULLET}`). */
export function unescaped(inner: string, raw: boolean): string | undefined {
  if (raw) return inner;
  if (/\\N\{/.test(inner.replaceAll('\\\\', ''))) return undefined;
  return inner.replaceAll(/\\(?:([0-7]{1,3})|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([^]))/gi, (all, octal, x, u, U, other) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const hex: unknown = x ?? u ?? U;
    if (typeof hex !== 'string') return SIMPLE[other ?? ''] ?? all;
    const point = Number.parseInt(hex, 16);
    return point > 0x10ffff ? all : String.fromCodePoint(point);
  });
}
