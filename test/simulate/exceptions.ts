/** Files whose failures are not reported, and why. */
export const EXCEPTIONS: readonly (readonly [pattern: RegExp, why: string])[] = [];
