/** Mistakes in the evaluator that nobody could notice, with the reason: all others must make a difference. */
export const equivalent: Readonly<Record<string, string>> = {
  'src/browser/check.ts: const credentials = valueOf(headers, "access-control-allow-credentials") ?? ""; | valueOf(headers, "access-control-allow-credentials") ?? "" → valueOf(headers, "access-control-allow-credentials")':
    'Not there and empty are said alike: undefined is no more "true" than the empty text is, and it is printed as that.',
  'src/browser/check.ts: return allowed === "null" || URL.canParse(allowed.replaceAll(/xn--/gi, "")) ? "acao-mismatch" : "acao-invalid"; | "" → "~"':
    'Whatever is put in the place of xn-- is as good, so long as a host may hold it.',
  'src/browser/preflight.ts: if (answer.status < 200 || answer.status > 299) return { reason: "preflight-status" }; | 200 → 199':
    'No final answer has a status of 199: below 200 it is on the way to another.',
};
