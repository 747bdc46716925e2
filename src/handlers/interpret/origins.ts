import type { AllowedOrigin, OriginPattern } from '../../model/api.ts';
import { known, mapValue, type Value } from '../../value/value.ts';
import type { Draft } from './drafts.ts';
import { textValue, unknownOf } from './headers.ts';
import type { Thing } from './things.ts';
import { allowList } from './patterns.ts';

/** Whom a way through the code is for: those on a list, those on none and those without an Origin, or anybody. */
export function relationOf({ origin, sent }: Draft): 'allowed' | 'refused' | 'free' {
  if (origin.among) return 'allowed';
  if (origin.not.length > 0 || origin.present === false) return 'refused';
  // Those who get back what they sent are let in.
  const header = sent.headers.get('access-control-allow-origin');
  return origin.asked && !(header && isOrigin(header.value)) ? 'refused' : 'free';
}

/** What Access-Control-Allow-Origin is on one way through the code. */
export function originOf(draft: Draft): Value<AllowedOrigin> {
  const { sent } = draft;
  const header = sent.headers.get('access-control-allow-origin');
  if (!header) {
    const from = { kind: 'absent', at: sent.at } as const;
    return sent.open === undefined ? known<AllowedOrigin>({ kind: 'absent' }, from) : { kind: 'unknown', why: sent.open, from };
  }
  const { value } = header;
  if (isOrigin(value) || isTheOne(draft, value)) {
    // Where the header is set: what it holds may have been read far away.
    const from = { kind: 'literal', at: header.at } as const;
    if (draft.origin.among)
      return known<AllowedOrigin>({ kind: 'echo', among: patternsOf(draft), otherwise: known(undefined, from) }, from);
    if (draft.origin.present === false) return known<AllowedOrigin>({ kind: 'absent' }, from);
    if (draft.origin.asked === 'derived') return { kind: 'unknown', why: 'whom the code lets in is not followed', from };
    return known<AllowedOrigin>({ kind: 'reflect', ...(draft.origin.asked === 'letters' && { letters: true }) }, from);
  }
  return mapValue(textValue(value), (arm): Value<AllowedOrigin> => {
    if (arm.kind === 'unknown')
      return arm.pieces ? { ...unknownOf(value, arm.from), pieces: arm.pieces } : { kind: 'unknown', why: arm.why, from: arm.from };
    return { ...known(allowed(arm.value), arm.from), ...(arm.secret && { secret: true as const }) };
  });
}

const allowed = (text: string | undefined): AllowedOrigin =>
  text === undefined ? { kind: 'absent' } : text === '*' ? { kind: 'any' } : { kind: 'fixed', text };

const isOrigin = (thing: Thing): boolean => thing.kind === 'event' && thing.path === 'origin';

/** `allowed.find((one) => one === origin)` is the Origin. */
function isTheOne({ origin: { among } }: Draft, thing: Thing): boolean {
  const [only] = among ?? [];
  if (!only || among?.length !== 1) return false;
  return only === thing || (only.kind === 'scalar' && thing.kind === 'scalar' && only.value === thing.value);
}

/** The origins that are echoed. */
export const patternsOf = ({ origin: { among } }: Draft): OriginPattern[] => (among ?? []).map(patternOf);

function patternOf(thing: Thing): OriginPattern {
  const from = { kind: 'literal', at: thing.at } as const;
  if (thing.kind === 'pattern') {
    const text = allowList(thing.source, thing.flags);
    return { match: 'regex', text: text === undefined ? { kind: 'unknown', why: 'the code works it out', from } : known(text, from) };
  }
  return {
    match: 'exact',
    text: mapValue(textValue(thing), (arm) => (arm.kind === 'known' ? { ...arm, value: arm.value ?? '' } : (arm as Value<string>))),
  };
}
