/** Methods that a browser sends, and the gateways route. */
export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Those that a preflight has to list: GET, HEAD and POST pass without (Fetch, "CORS-safelisted method"), and no page sends OPTIONS. */
export const NEED_LISTING: readonly string[] = ['PUT', 'PATCH', 'DELETE'];

/** Whether a list of allowed methods lets a call through. Methods are compared byte by byte; `*` is a name beside credentials (Fetch, "CORS-preflight fetch", step 7). */
export const allowsMethod = (allowed: string, method: string): boolean => allowed === method || allowed === '*';
