/**
 * Whether one Access-Control-Allow-Origin value tries to name several origins: parted by commas or blanks, or a JSON list.
 * It equals none of them then (Fetch, "CORS check", step 4: the value is compared as a whole).
 */
export function namesSeveral(value: string): boolean {
  const text = value.trim();
  if (text.length < 2 || plainOrigin(text)) return false;
  return (text.startsWith('[') && text.endsWith(']')) || /[^\s,][\s,]+[^\s,]/.test(text);
}

/** An origin that can be read off a text. */
export interface Origin {
  readonly scheme: string;
  readonly host: string;
  /** '' without one. */
  readonly port: string;
}

/** What most are, `https://shop.example.com`: to tell it costs less than the first regular expression that is asked. */
function plainOrigin(text: string): Origin | undefined {
  const host = text.startsWith(SECURE) ? text.slice(SECURE.length) : '';
  for (let i = 0; i < host.length; i++) if (!isOfName(host.charCodeAt(i))) return undefined;
  return host === '' ? undefined : { scheme: 'https', host, port: '' };
}

const SECURE = 'https://';

/** A small letter, a digit, a dot or a hyphen. */
const isOfName = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 45 && code <= 57 && code !== 47);

/** What keeps a text from being what a browser makes of some page's origin, which is what it is compared with. */
export type OriginFault = 'blank' | 'scheme' | 'path' | 'host' | 'case' | 'unicode' | 'port' | 'default-port';

/** Schemes whose hosts are domains, and the port that is left out (URL, "special scheme"). */
const DEFAULT_PORTS: Readonly<Record<string, string>> = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21' };

/** Blanks and control characters (not spelt by property: to work those out takes a millisecond). */
const BLANK = /\s|[^ -~\u00A0-\uFFFF]/;

/** Code points that no host holds (URL, "forbidden host code point"; blanks and what ends a host are sorted out before). */
const FORBIDDEN = /[<>@^|[\]]/;

/** What names hold that can be looked up. The URL parser lets more pass; no page is there. */
const DOMAIN = /^[\w.\-\u0080-\uFFFF]+$/;

/**
 * A text as the serialisation of an origin: scheme, "://", host, and a port that is not the scheme's own (HTML, "serialization of
 * an origin"). Schemes are lower case; hosts are as the URL parser leaves them: domains in lower case and punycode (URL, "host
 * parsing"), those of other schemes as they are. A lone `file://` is what web views of Android send for their own pages.
 */
export function readOrigin(text: string): Origin | OriginFault {
  if (BLANK.test(text)) return 'blank';
  const [, scheme = '', authority = '', rest = ''] = /^([A-Za-z][A-Za-z\d+.-]*):\/\/([^/?#\\]*)(.*)$/s.exec(text) ?? [];
  if (scheme === '') return 'scheme';
  if (rest !== '') return 'path';
  const [, host = '', colon, port = ''] = /^(\[[^\]]*\]|[^:]*)(?:(:)(.*))?$/s.exec(authority) ?? [];
  const standard = DEFAULT_PORTS[scheme.toLowerCase()];
  if (!isHost(host, standard !== undefined) && text !== 'file://') return 'host';
  if (/[\u0080-\uFFFF]/.test(host)) return 'unicode';
  if (scheme !== scheme.toLowerCase() || (standard !== undefined && host !== host.toLowerCase())) return 'case';
  if (colon !== undefined && (!/^(?:0|[1-9]\d{0,4})$/.test(port) || Number(port) > 65_535)) return 'port';
  return port !== '' && port === standard ? 'default-port' : { scheme, host, port };
}

function isHost(host: string, isDomain: boolean): boolean {
  if (host.startsWith('[')) return /^\[[\da-f:.]+\]$/i.test(host);
  return isDomain ? DOMAIN.test(host) : host !== '' && !FORBIDDEN.test(host);
}

/** This very computer (Secure Contexts, "Is origin potentially trustworthy?"), and 0.0.0.0, by which development servers go too. */
export const isLocal = ({ host }: Origin): boolean => /^(?:(?:.*\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i.test(host);

/** Whether a value still begins or ends with a quote: browsers compare that too. */
export function hasStrayQuotes(value: string): boolean {
  const text = value.trim();
  return text.startsWith("'") || text.startsWith('"') || text.endsWith("'") || text.endsWith('"');
}

/** Whether somebody was to fill in a variable or a gap: `${DOMAIN}`, `$DOMAIN`, `process.env.DOMAIN`, `{{domain}}`, `<domain>`. */
const isUnfilled = (value: string): boolean => /\$[{A-Za-z_]|\{\{|<[^<>]*>/.test(value) || value.toLowerCase().includes('process.env');

/**
 * Where an origin is written, which decides on what may stand in it. `header`: one value, compared as it is; `pattern`: an entry of
 * the list of a Serverless `http` event, whose first `*` stands for anything; `http-api`: exact, or `*`, `https://*`, `http://*`,
 * of http and https alone (H8); `function-url`: exact, or `*`: more is not documented (U6).
 */
export type OriginPlace = 'header' | 'pattern' | 'http-api' | 'function-url';

/** `app-scheme`: an HTTP API takes http and https alone; `wildcard`: a `*` where the place knows none. */
export type PlaceFault = OriginFault | 'empty' | 'unfilled' | 'unset' | 'app-scheme' | 'wildcard';

/**
 * An allowed origin, some name in place of its wildcard, or what keeps it from ever being that of a page. Undefined where it is
 * not meant for one origin: `*`, `null`, and what is in quotes or a list.
 */
export function originAt(written: string, place: OriginPlace): Origin | PlaceFault | undefined {
  // Blanks around a header's value are none of it (Fetch, "normalize").
  const bare = place === 'header' ? written.trim() : written;
  // An empty entry does no harm beside others: the framework makes one of a comma at the end.
  if (bare === '') return place === 'pattern' ? undefined : 'empty';
  const plain = plainOrigin(bare);
  if (plain && !bare.includes('process.env') && !bare.includes('undefined')) return plain;
  if (bare === '*' || bare === 'null' || hasStrayQuotes(bare) || namesSeveral(bare)) return undefined;
  if (isUnfilled(bare)) return 'unfilled';
  // What JavaScript makes of a variable without a value, in a text.
  if (bare.includes('undefined') && /^\w+:\/\/(?:[\w.-]+\.)?undefined(?=[/.:]|$)/.test(bare)) return 'unset';
  const text = withoutWildcard(bare, place);
  const read = readOrigin(text);
  if (place === 'http-api' && typeof read !== 'string' && !/^https?$/.test(read.scheme)) return 'app-scheme';
  return text.includes('*') ? 'wildcard' : read;
}

function withoutWildcard(text: string, place: OriginPlace): string {
  if (place === 'http-api') return text.replace(/^(https?:\/\/)\*$/, '$1any');
  const first = text.indexOf('*');
  if (place !== 'pattern' || first < 0) return text;
  // Further stars are quantifiers by now, and "once" is among what they match.
  const [before, after] = [text.slice(0, first), text.slice(first + 1).replaceAll('*', '')];
  if (first === 0) return after.startsWith('://') ? `https${after}` : `https://any${after}`;
  return `${before}${before.endsWith(':') ? '1' : 'any'}${after}`;
}
