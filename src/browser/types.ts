/**
 * One header line, as it goes over the wire: a value is a string of bytes (U+0000 to U+00FF), and a repeated header is
 * two lines.
 */
export type Header = readonly [name: string, value: string];

/** What a page asks for, as `fetch(url, {method, headers, credentials, …})` or XMLHttpRequest would be told. */
export interface PageRequest {
  /** The page's origin as a browser serialises it: `https://app.example.com`, or `null` for sandboxed and local pages. */
  readonly origin: string;
  /** Absolute. */
  readonly url: string;
  /** As the script wrote it: `get` becomes `GET`, and `patch` stays `patch`. */
  readonly method: string;
  readonly headers: readonly Header[];
  /** `include` is XMLHttpRequest's `withCredentials`; `same-origin` is the default of `fetch`. */
  readonly credentials: 'omit' | 'same-origin' | 'include';
  /** A text: without a Content-Type of its own it is sent as `text/plain;charset=UTF-8`. */
  readonly body?: string;
  /** `cors` if left out. */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin';
  /** `follow` if left out. */
  readonly redirect?: 'follow' | 'error' | 'manual';
  /** A streamed body, or a listener on XMLHttpRequest's `upload`: asks for a preflight whatever else the request is. */
  readonly forcePreflight?: boolean;
}

/** One answer of a server. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly drop?: false;
  /** After a redirect: what the server it leads to answers. */
  readonly next?: Answers;
}

/** The connection is closed without an answer. */
export interface Dropped {
  readonly drop: true;
}

/** What a server answers to the preflight, should one be made, and to the request itself. `null`: nobody answers. */
export interface Answers {
  readonly preflight: Answer | Dropped | null;
  readonly response: Answer | Dropped | null;
}

/**
 * `standard`: the Fetch standard to the letter. `chromium`: what Chromium 156 does, which differs in a few places (each is marked
 * in the code by the profile's name); Firefox and Safari side with it on `Access-Control-Allow-Headers: *` and Authorization.
 */
export type Profile = 'standard' | 'chromium';

/** What a response lets the page read: all but cookies; the listed headers; nothing; nothing, not even the status. */
export type ResponseType = 'basic' | 'cors' | 'opaque' | 'opaqueredirect';
