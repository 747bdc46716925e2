/** Methods that a browser sends, and the gateways route. */
export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Those that a preflight has to list: GET, HEAD and POST pass without (Fetch, "CORS-safelisted method"), and no page sends OPTIONS. */
export const NEED_LISTING: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

/** Whether a list of allowed methods lets a call through. Methods are compared byte by byte; `*` is a name beside credentials (Fetch, "CORS-preflight fetch", step 7). */
export const allowsMethod = (allowed: string, method: string): boolean => allowed === method || allowed === '*';

/** Whether a method needs no preflight, and no listing in one (Fetch, "CORS-safelisted method"). */
export const isSafelistedMethod = (method: string): boolean => /^(?:GET|HEAD|POST)$/.test(method);

/** Whether `fetch` throws rather than send it (Fetch, "forbidden method"). */
export const isForbiddenMethod = (method: string): boolean => /^(?:CONNECT|TRACE|TRACK)$/i.test(method);

/** The method as it is sent (Fetch, "normalize" a method): `patch` is among those that stay as they are. */
export const normalised = (method: string): string =>
  /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT)$/i.test(method) ? method.toUpperCase() : method;
