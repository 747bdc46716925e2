import type { Profile } from './types.ts';

/** This computer (Secure Contexts, "Is origin potentially trustworthy?"). */
const THIS_COMPUTER = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Names and addresses of the local network, for which Chromium asks the user instead (Local Network Access). */
const LOCAL =
  /^(?:(?:.+\.)?local|(?:0|10)(?:\.\d{1,3}){3}|(?:192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(?:\.\d{1,3}){2}|\[(?:fe[89a-f]|f[cd]|2001:db8:|::\]).*)$/;

/**
 * Whether a browser refuses to load an address because the page is secure and the address is not (Mixed Content, "should fetching
 * request be blocked as mixed content?"). What the user answers to Chromium's question is not our part.
 */
export function isMixed(pageOrigin: string, { protocol, hostname }: URL, profile: Profile): boolean {
  const exempt = THIS_COMPUTER.test(hostname) || (profile === 'chromium' && LOCAL.test(hostname));
  return pageOrigin.startsWith('https:') && protocol === 'http:' && !exempt;
}
