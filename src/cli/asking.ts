import { Misuse } from '../config/misuse.ts';
import { meaningsOf, type Meaning } from '../simulate/address.ts';
import { isName, isOrigin, isSent } from '../simulate/request.ts';

/** What `cors-lint simulate` is asked with. */
export interface Asking {
  readonly origins: readonly string[];
  /** Undefined: all that the author means to allow. */
  readonly request: Requested | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly credentials: boolean;
}

export interface Requested {
  readonly method: string;
  /** The paths that may be meant, the likeliest first: of each API the first one that it has counts. */
  readonly paths: readonly Meaning[];
}

/** What a browser sends as the origin of a page. A slash at the end is what people copy from the address bar. */
export function originOf(written: string): string {
  const text = written.replace(/\/$/, '');
  if (isOrigin(text)) return text;
  throw new Misuse(
    `--origin ${written} is not the origin of a page: write scheme, host and port alone, like --origin https://app.example.com`,
  );
}

/** 'PUT /items/42', or the address that the page calls; GET where no method is named. */
export function requestOf(written: string): Requested {
  const [, name = 'GET', target = ''] = /^(?:(\S+)\s+)?(\/\S*|https?:\/\/\S+)$/i.exec(written.trim()) ?? [];
  const method = name.toUpperCase();
  if (target === '' || !isName(method) || (!target.startsWith('/') && !URL.canParse(target)))
    throw new Misuse(`--request ${written} is no request: write a method and a path, like --request "PUT /items/42"`);
  if (!isSent(method)) throw new Misuse(`--request ${written} is none that a page can make: browsers never send ${method} for it`);
  if (method === 'OPTIONS')
    throw new Misuse(
      `--request ${written} is what browsers send by themselves ahead of a request: name the request that follows, like --request "PUT /items/42"`,
    );
  return { method, paths: target.startsWith('/') ? [{ path: target, without: '' }] : meaningsOf(new URL(target)) };
}

/** 'content-type:application/json'. */
export function headerOf(written: string): readonly [string, string] {
  const [name = '', value] = written.split(/:(.*)/s);
  // oxlint-disable-next-line no-control-regex -- Fetch, "header value": bytes, without NUL and line breaks
  if (value === undefined || !isName(name.trim()) || /[^\u0009\u0020-\u007E\u0080-\u00FF]/.test(value))
    throw new Misuse(`--header ${written} is no header: write a name and a value, like --header content-type:application/json`);
  return [name.trim(), value.trim()];
}
