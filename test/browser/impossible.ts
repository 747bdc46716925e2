import type { PageRequest } from '../../src/browser/types.ts';

const usual: PageRequest = {
  origin: 'https://app.example.com',
  url: 'https://api.example.com/',
  method: 'GET',
  headers: [],
  credentials: 'omit',
};

/** What is no request: `fetch()` throws for it, or no server is asked. */
export const impossible: readonly PageRequest[] = [
  { ...usual, url: '/items' },
  { ...usual, url: 'data:text/plain,x' },
  { ...usual, url: 'blob:https://app.example.com/1' },
  { ...usual, url: 'about:blank' },
  { ...usual, headers: [['X A', '1']] },
  { ...usual, headers: [['', '1']] },
  { ...usual, headers: [['X-A', 'a\nb']] },
  { ...usual, headers: [['X-A', 'a\rb']] },
  { ...usual, headers: [['X-A', 'a\0b']] },
  { ...usual, headers: [['X-A', '\u0100']] },
  { ...usual, body: '{}' },
  { ...usual, method: 'get', body: '{}' },
  { ...usual, method: 'HEAD', body: '{}' },
  { ...usual, method: 'PUT', mode: 'no-cors' },
];
