import type { Header, Profile } from './types.ts';

/** Bytes that keep a value off the safelist (Fetch, "CORS-unsafe request-header byte"). */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const UNSAFE = /[\u0000-\u0008\u000A-\u001F"():<>?@[\\\]{}\u007F]/;

/** Of a language header (Fetch, "CORS-safelisted request-header"). */
const isLanguage = (value: string): boolean => /^[0-9A-Za-z *,\-.;=]*$/.test(value);

/** Whether a value parses as one of the three MIME types that a form sends (Fetch, "CORS-safelisted request-header"; MIME Sniffing, "parsing a MIME type"). */
const isForm = (value: string): boolean =>
  !UNSAFE.test(value) && /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)[\t ]*(?:;.*)?$/i.test(value);

/** Whether a value is one range that names its start (Fetch, "parse a single range header value", whitespace not allowed). */
function isRange(value: string): boolean {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return from !== undefined && (to === '' || to === undefined || BigInt(from) <= BigInt(to));
}

const SAFELIST: Readonly<Record<string, (value: string) => boolean>> = {
  accept: (value) => !UNSAFE.test(value),
  'accept-language': isLanguage,
  'content-language': isLanguage,
  'content-type': isForm,
  range: isRange,
};

const isInteger = (value: string): boolean => /^\d+$/.test(value);
const isDecimal = (value: string): boolean => /^\d+(?:\.\d+)?$/.test(value);

/** What Chromium safelists besides: client hints of old, and what it adds itself (`IsCorsSafelistedHeader` of its `cors.cc`). */
const CHROMIUM: Readonly<Record<string, (value: string) => boolean>> = {
  'device-memory': isDecimal,
  downlink: isDecimal,
  dpr: isDecimal,
  ect: (value) => /^(?:slow-2g|2g|3g|4g)$/.test(value),
  intervention: () => true,
  rtt: isInteger,
  'save-data': (value) => value.toLowerCase() === 'on',
  'viewport-width': isInteger,
  width: isInteger,
};

/** Longest value of a safelisted header, in bytes. */
const LONGEST = 128;
/** Longest sum of them. */
const LONGEST_SUM = 1024;

/** Whether a header needs no preflight (Fetch, "CORS-safelisted request-header"). */
function isSafelistedHeader([name, value]: Header, profile: Profile): boolean {
  const key = name.toLowerCase();
  const rule = SAFELIST[key] ?? (profile === 'chromium' ? CHROMIUM[key] : undefined);
  return rule !== undefined && value.length <= LONGEST && rule(value);
}

/**
 * The request headers that a preflight has to allow: in lower case, sorted, each once (Fetch, "CORS-unsafe request-header names").
 * Chromium joins the lines of a header before it looks, the standard looks at each.
 */
export function unsafeNames(headers: readonly Header[], profile: Profile): string[] {
  const lines = profile === 'chromium' ? joined(headers) : headers;
  const safe = lines.filter((line) => isSafelistedHeader(line, profile));
  const tooMuch = safe.reduce((sum, [, value]) => sum + value.length, 0) > LONGEST_SUM;
  const unsafe = lines.filter((line) => tooMuch || !safe.includes(line)).map(([name]) => name.toLowerCase());
  return [...new Set(unsafe)].toSorted();
}

function joined(headers: readonly Header[]): Header[] {
  const lines = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = lines.get(key);
    lines.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return [...lines];
}
