import type { Answer } from '../../../src/browser/types.ts';

/** The head of one request. */
export interface Head {
  readonly method: string;
  readonly target: string;
  /** Bytes of head and body. */
  readonly length: number;
  get(name: string): string | undefined;
}

/** The head at the start of a buffer; undefined while it has not all come. */
export function parseHead(buffer: Buffer): Head | undefined {
  const end = buffer.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = buffer.toString('latin1', 0, end).split('\r\n');
  const [method = '', target = ''] = first.split(' ');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  const get = (name: string): string | undefined => {
    const values = headers.filter(([key]) => key === name).map(([, value]) => value);
    return values.length > 0 ? values.join(', ') : undefined;
  };
  return { method, target, length: end + 4 + Number(get('content-length') ?? 0), get };
}

/** An answer as bytes. */
export function written({ status, headers }: Answer, body: string): Buffer {
  const bodiless = status < 200 || status === 204 || status === 304;
  const measured = bodiless || headers.some(([name]) => name.toLowerCase() === 'content-length');
  const lines = [
    `HTTP/1.1 ${status} Status`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(measured ? [] : [`Content-Length: ${body.length}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${bodiless ? '' : body}`, 'latin1');
}
