/** The browser's side of CORS as pure functions: the package's `cors-lint/browser`. */
export { browse } from './browse.ts';
export type { Blocked, Outcome, Passed } from './browse.ts';
export { DEFAULT_MAX_AGE, LONGEST_MAX_AGE, maxAge } from './max-age.ts';
export type { Engine } from './max-age.ts';
export { CHROMIUM_TEXTS, chromiumTexts } from './messages/chromium.ts';
export type { CheckReason, PreflightReason, Reason, RedirectReason, RequestReason } from './reasons.ts';
export type { Answer, Answers, Dropped, Header, PageRequest, Profile, ResponseType } from './types.ts';
