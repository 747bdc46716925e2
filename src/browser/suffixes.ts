/** Whether anyone can get a name below this host: `github.io`, `co.uk`, `vercel.app` (https://publicsuffix.org, its private part too). */
let isSuffix: ((host: string) => boolean) | undefined;

/** Loads the public suffix list (110 KB), which hardly any run needs. Until then `isPublicSuffix` knows nothing. */
export async function loadSuffixes(): Promise<void> {
  if (isSuffix) return;
  const { parse } = await import('tldts');
  isSuffix = (host) => {
    const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
    // A name that the list does not know (`internal`, `localhost`) is for nobody to register.
    return publicSuffix === host && (isIcann === true || isPrivate === true);
  };
}

/** False as well where the list is not loaded. */
export const isPublicSuffix = (host: string): boolean => isSuffix?.(host.toLowerCase()) ?? false;
