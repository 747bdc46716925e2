import { Misuse } from '../config/misuse.ts';
import { isName, isOrigin } from '../simulate/request.ts';

/** What `cors-lint simulate` is asked with. */
export interface Asking {
  readonly origins: readonly string[];
  /** Undefined: all that the author means to allow. */
  readonly request: { readonly method: string; readonly path: string } | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly credentials: boolean;
}

/** What a browser sends as the origin of a page. A slash at the end is what people copy from the address bar. */
export function originOf(written: string): string {
  const text = written.replace(/\/$/, '');
  if (isOrigin(text)) return text;
  throw new Misuse(
    `--origin ${written} is not the origin of a page: write scheme, host and port alone, like --origin https://app.example.com`,
  );
}

/** 'PUT /items/42'; GET where no method is named. */
export function requestOf(written: string): Asking['request'] {
  const [, method = 'GET', path = ''] = /^(?:(\S+)\s+)?(\/\S*)$/.exec(written.trim()) ?? [];
  if (path !== '' && isName(method)) return { method: method.toUpperCase(), path };
  throw new Misuse(`--request ${written} is no request: write a method and a path, like --request "PUT /items/42"`);
}

/** 'content-type:application/json'. */
export function headerOf(written: string): readonly [string, string] {
  const [name = '', value] = written.split(/:(.*)/s);
  if (value === undefined || !isName(name.trim()))
    throw new Misuse(`--header ${written} is no header: write a name and a value, like --header content-type:application/json`);
  return [name.trim(), value.trim()];
}
