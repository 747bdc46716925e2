/** Why the check of Access-Control-Allow-Origin and Access-Control-Allow-Credentials fails (Fetch, "CORS check"). */
export type CheckReason =
  | 'acao-missing'
  | 'acao-multiple'
  | 'acao-invalid'
  | 'acao-mismatch'
  | 'acao-wildcard-with-credentials'
  | 'acac-not-true';

/** Why a preflight fails (Fetch, "CORS-preflight fetch"). */
export type PreflightReason =
  | `preflight-${CheckReason}`
  | 'preflight-status'
  | 'preflight-redirect'
  | 'preflight-network-error'
  | 'acam-syntax'
  | 'acah-syntax'
  | 'method-not-allowed'
  | 'header-not-allowed'
  | 'authorization-not-covered-by-wildcard';

/** Why a redirect is not followed (Fetch, "HTTP-redirect fetch"). */
export type RedirectReason =
  | 'redirect-url-has-credentials'
  | 'redirect-bad-scheme'
  | 'redirect-bad-location'
  | 'too-many-redirects'
  | 'redirect-mode-error';

/** Why nothing is sent at all, or not to this address. */
export type RequestReason =
  | 'forbidden-method'
  | 'invalid-method'
  | 'url-has-credentials'
  | 'mode-same-origin'
  | 'unsupported-scheme'
  | 'mixed-content';

/** Every reason for which a page does not get its answer. The list is closed. */
export type Reason = CheckReason | PreflightReason | RedirectReason | RequestReason | 'network-error';

/** A reason, with what a message about it has to name. */
export interface Refusal {
  readonly reason: Reason;
  /** The header's value or the method at fault. */
  readonly value?: string;
  /** The request headers that the preflight does not allow, all of them: a browser names one, in no fixed order. */
  readonly names?: readonly string[];
}
