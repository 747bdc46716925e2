import { isForbiddenMethod } from '../browser/methods.ts';
import { readOrigin } from '../browser/origins.ts';
import { isToken } from '../browser/tokens.ts';

/** What a page sends, as its author writes it. */
export interface Request {
  /** 'https://app.example.com' */
  readonly origin: string;
  readonly method: string;
  /** Without the name of the stage: '/items/42'. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** It is sent with cookies, or another way of `credentials: 'include'`. */
  readonly credentials: boolean;
  /** The browser is made to ask first, whatever else the request is: to see what the preflight comes to. */
  readonly forcePreflight?: boolean;
}

/** Whether a browser can send this as the origin of a page: scheme, host and port alone, or `null`. */
export const isOrigin = (text: string): boolean => text === 'null' || typeof readOrigin(text) !== 'string';

/** Whether a browser sends a method for a page at all. */
export const isSent = (method: string): boolean => !isForbiddenMethod(method);

/** Whether a method or the name of a header can be written so (RFC 9110, "tokens"). */
export const isName = (text: string): boolean => isToken(text);
