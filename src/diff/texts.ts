import type { Reason } from '../browser/reasons.ts';
import type { Api } from '../model/api.ts';
import { listed } from '../model/names.ts';
import type { Effect } from './effects.ts';
import { STRANGER } from './probes.ts';

/** The REST API `Api`, as a message begins. */
export const nameOf = ({ target, name }: Api): string => `the ${TARGETS[target]} \`${name}\``;

const TARGETS = { rest: 'REST API', http: 'HTTP API', url: 'function URL of', websocket: 'WebSocket API' } as const satisfies Record<
  Api['target'],
  string
>;

/** What an API is reached at. */
export const addressOf = ({ target }: Api): string => (target === 'url' ? '`lambda-url` address' : '`execute-api` address');

/** 'pages of https://a and https://b that send cookies'. */
export function pagesOf(origins: readonly string[], credentials: boolean): string {
  const named = origins.filter((origin) => origin !== STRANGER);
  const strangers = named.length < origins.length;
  const who = !strangers
    ? `pages of ${listed(named, 3)}`
    : named.length === 0
      ? 'pages of every site'
      : `pages of ${listed([...named, 'every other site'], 4)}`;
  return credentials ? `${who} that send cookies` : who;
}

/** 'the answers', 'the errors of API Gateway (403 and 429)'. */
export function answersOf(kind: Effect['kind'], names: readonly string[]): string {
  const statuses = [...new Set(names.map((name) => name.replace(/ .*/, '')))].filter((name) => /^\d{3}$/.test(name)).toSorted();
  const which = statuses.length > 0 ? ` (${listed(statuses, 8)})` : '';
  switch (kind) {
    case 'preflight':
    case 'success':
      return `the answers${statuses.length > 1 ? which : ''}`;
    case 'handler-error':
      return `the errors that the integration answers with${which}`;
    case 'gateway-error':
      return `the errors of API Gateway itself${which}`;
  }
}

/** As the simulator calls the CORS of an HTTP API or a function URL. */
const OWN = "the API's own CORS";

/** Why a browser refuses it, as the end of a sentence. */
export function whyOf({ reason, about, by, since, kind }: Pick<Effect, 'reason' | 'about' | 'by' | 'since' | 'kind'>): string {
  if (reason === undefined) return about === '' ? 'that is no longer known before deployment' : `it hangs on ${about}`;
  if (since !== undefined) return since;
  const answers = kind === 'preflight' ? `${by} answers OPTIONS` : /^the code\b/.test(by) ? `${by} answers` : `${by} comes`;
  switch (reason) {
    case 'acao-missing':
    case 'preflight-acao-missing':
      return by === OWN ? 'its CORS settings do not let them in' : `${answers} without \`Access-Control-Allow-Origin\``;
    case 'acao-mismatch':
    case 'preflight-acao-mismatch':
      return about === '' ? '`Access-Control-Allow-Origin` names another origin' : `\`Access-Control-Allow-Origin\` is \`${about}\``;
    case 'acac-not-true':
    case 'preflight-acac-not-true':
      return '`Access-Control-Allow-Credentials` is not `true`';
    case 'acao-wildcard-with-credentials':
    case 'preflight-acao-wildcard-with-credentials':
      return '`Access-Control-Allow-Origin: *` is not for calls with cookies';
    case 'method-not-allowed':
      return '`Access-Control-Allow-Methods` does not name the method';
    case 'header-not-allowed':
      return `\`Access-Control-Allow-Headers\` does not name ${
        about === ''
          ? 'their headers'
          : listed(
              about.split(', ').map((name) => `\`${name}\``),
              4,
            )
      }`;
    case 'preflight-status':
      return `${by} answers OPTIONS with an error`;
    default:
      return OTHERWISE[reason] ?? `the browser refuses it (${reason})`;
  }
}

const OTHERWISE: Partial<Record<Reason, string>> = {
  'acao-multiple': '`Access-Control-Allow-Origin` comes twice or holds several origins',
  'preflight-acao-multiple': '`Access-Control-Allow-Origin` comes twice or holds several origins',
  'acao-invalid': '`Access-Control-Allow-Origin` holds what is no origin',
  'preflight-acao-invalid': '`Access-Control-Allow-Origin` holds what is no origin',
  'acam-syntax': '`Access-Control-Allow-Methods` cannot be read',
  'acah-syntax': '`Access-Control-Allow-Headers` cannot be read',
};

/** What pages may do now: where only the preflight is known, that they can send the request. */
export const mayOf = (kind: Effect['kind'], names: readonly string[]): string =>
  kind === 'preflight' ? 'may now call' : `may now read ${answersOf(kind, names)} of`;

/** What goes with the address of an API: what CloudFormation did not make. */
export const consoleOf = ({ target }: Api): string =>
  target === 'rest'
    ? ', and gateway responses and other settings that were made in the console are lost'
    : target === 'http'
      ? ', and settings that were made in the console are lost'
      : '';
