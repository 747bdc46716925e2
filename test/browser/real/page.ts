import type { PageRequest } from '../../../src/browser/types.ts';

/** One call of `fetch`, as it is handed to the page. */
export interface Call {
  readonly url: string;
  readonly init: Readonly<Record<string, unknown>>;
}

/** What the page saw of it. */
export type Told =
  | { readonly ok: true; readonly type: string; readonly headers: readonly string[] }
  | { readonly ok: false; readonly name: string; readonly message: string };

/** The call for a request, under an address of its own: a preflight is remembered by address. */
export function callFor(request: PageRequest, key: string): Call {
  const url = new URL(request.url);
  url.searchParams.set('__c', key);
  const { method, headers, credentials, body, mode = 'cors', redirect = 'follow' } = request;
  return { url: url.href, init: { method, headers, credentials, mode, redirect, cache: 'no-store', ...(body !== undefined && { body }) } };
}

/** Runs in the page: makes all calls, a few at a time, and resolves to what came of each. */
export const RUN = `async (calls, width) => {
  const told = [];
  const one = async ({ url, init }) => {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), 20000);
    try {
      const response = await fetch(url, { ...init, signal: control.signal });
      await response.text().catch(() => undefined);
      return { ok: true, type: response.type, headers: [...response.headers].map(([name]) => name) };
    } catch (error) {
      return { ok: false, name: error.name, message: error.message };
    } finally {
      clearTimeout(timer);
    }
  };
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < calls.length) { const i = next++; told[i] = await one(calls[i]); }
  }));
  return told;
}`;
