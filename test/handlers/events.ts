/** What the fixtures' handlers are called with: every method, caller and body, with the network up, failing, and down. */

/** The last sends none: it is no page. */
const ORIGINS = ['https://app.example.com', 'https://admin.example.com', 'https://evil.example', 'http://localhost:3000', undefined];
const BODIES = ['{"name":"x","email":"x@example.com","id":"1"}', '{"broken', '{"email":"x@example.com"}', '{}', null];

export interface Call {
  readonly event: { readonly httpMethod: string; readonly headers: Readonly<Record<string, string | undefined>> };
  readonly fetches: string;
}

/** One event in both payload formats at once. */
export const calls: readonly Call[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].flatMap((method) =>
  ORIGINS.flatMap((origin) =>
    BODIES.flatMap((body, place) =>
      ['ok', 'fails', 'throws'].map((fetches) => ({
        fetches,
        event: {
          version: '1.0',
          resource: '/items/{id}',
          path: place === 2 ? '/items' : '/items/1',
          rawPath: place === 2 ? '/items' : '/items/1',
          routeKey: `${method} /items`,
          httpMethod: method,
          headers: { ...(origin !== undefined && { origin, Origin: origin }), 'content-type': 'application/json', host: 'api.example.com' },
          multiValueHeaders: { ...(origin !== undefined && { origin: [origin] }), 'content-type': ['application/json'] },
          pathParameters: place === 2 ? null : { id: '1' },
          queryStringParameters: place === 0 ? { q: 'x' } : null,
          requestContext: {
            httpMethod: method,
            stage: 'dev',
            http: { method, path: '/items/1', sourceIp: '1.2.3.4' },
            domainName: 'api.example.com',
          },
          multiValueQueryStringParameters: null,
          stageVariables: null,
          body,
          isBase64Encoded: false,
        },
      })),
    ),
  ),
);

/** What frameworks are called with: preflights as browsers send them, and a path that nothing is there for. */
export const frameworkCalls: readonly Call[] = calls.flatMap(({ event, fetches }, place): Call[] => {
  const preflight = event.httpMethod === 'OPTIONS';
  if (preflight && place % 15 !== 0 && place % 15 !== 6) return [];
  const asks = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' };
  // No browser sends a body with GET, and some libraries refuse it.
  const plain =
    preflight || event.httpMethod === 'GET' ? { ...event, body: null, headers: { ...event.headers, 'content-type': undefined } } : event;
  const asked = preflight && event.headers['origin'] !== undefined ? { ...plain, headers: { ...plain.headers, ...asks } } : plain;
  const nowhere = { path: '/nowhere', rawPath: '/nowhere', requestContext: { http: { method: event.httpMethod, path: '/nowhere' } } };
  return [{ event: asked, fetches }, ...(place % 15 === 0 ? [{ event: { ...asked, ...nowhere }, fetches }] : [])];
});
