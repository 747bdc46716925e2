import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { among, isAskedFor, question } from '../interpret/operators.ts';
import { native, opaque, scalar, textOf, type Named, type Pattern, type Thing } from '../interpret/things.ts';
import { allowList } from '../interpret/patterns.ts';

type Call = (on: Machine, args: readonly Thing[], at: Location, named: Named) => Thing;
type Way = 'match' | 'fullmatch' | 'search';

/** The pattern with anchors at the ends at which `match` and `fullmatch` have them by themselves. */
function anchored(source: string, way: Way): string {
  const ends = source.replace(/\\Z$/, '$').replace(/^\\A/, '^');
  if (way === 'fullmatch') return `^(?:${ends.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})$`;
  // Alternatives outside of brackets are anchored each for itself; `allowList` refuses them.
  return way === 'match' && !ends.startsWith('^') ? `^${ends}` : ends;
}

/** What `re.match`, `re.fullmatch` or `re.search` finds. */
function matched(on: Machine, way: Way, pattern: Thing | undefined, of: Thing | undefined, at: Location): Thing {
  if (pattern?.kind === 'pattern' && of && isAskedFor(of) && of.path === 'origin') {
    const source = anchored(pattern.source, way);
    if (allowList(source, pattern.flags) !== undefined) {
      const asked = among(of, [{ ...pattern, source }], at);
      return asked.kind === 'condition' ? { ...asked, match: true } : asked;
    }
  }
  const text = of && textOf(of);
  // The Origin of those who send none, as code has it.
  if (text === '' && pattern?.kind === 'pattern' && pattern.flags !== 'unknown') {
    const found = onNothing(anchored(pattern.source, way));
    if (found !== undefined) return found ? opaque('it is a match', at, { pure: true }) : scalar(null, at);
  }
  const key = `${way}:${pattern ? on.run.id(pattern) : ''}:${of ? on.run.id(of) : ''}`;
  return { ...question(key, at, of), match: true };
}

const MAX_PATTERN = 500;

/** Whether a pattern matches an empty text; undefined where JavaScript reads it in another way. */
function onNothing(source: string): boolean | undefined {
  if (/\(\?[^:]|\\[AZ]|\{/.test(source) || source.length > MAX_PATTERN) return undefined;
  try {
    return new RegExp(source).test('');
  } catch {
    return undefined;
  }
}

/** `re.compile(…)`, or a text that is used as one. */
function patternOf(source: Thing | undefined, flags: Thing | undefined, at: Location): Thing {
  if (source?.kind === 'pattern') return source;
  const text = source && textOf(source);
  // No allow-list: what it holds, or how it is meant, is not known.
  const marks = !flags ? '' : flags.kind === 'native' && /^re\.I(?:GNORECASE)?$/.test(flags.name) ? 'i' : 'unknown';
  return { kind: 'pattern', at, source: text ?? '', flags: text === undefined ? 'unknown' : marks };
}

const finding =
  (way: Way): Call =>
  (on, [source, of, flags], at, named) =>
    matched(on, way, patternOf(source, flags ?? named.get('flags'), at), of, at);

/** The functions of `re`. */
export const patterns: Readonly<Record<string, Call | undefined>> = {
  're.compile': (_on, [source, flags], at, named) => patternOf(source, flags ?? named.get('flags'), at),
  're.match': finding('match'),
  're.fullmatch': finding('fullmatch'),
  're.search': finding('search'),
  're.escape': (_on, [of], at) => {
    const text = of && textOf(of);
    return text === undefined
      ? opaque('it is made of what is not known', at, { pure: true })
      : scalar(text.replaceAll(/[^\w/:]/g, String.raw`\$&`), at);
  },
};

/** What a compiled pattern can do. */
export function ofPattern(on: Machine, of: Pattern, name: string, at: Location): Thing {
  if (name !== 'match' && name !== 'fullmatch' && name !== 'search') {
    return native(name, at, (_args, place) => opaque('a pattern gives it', place, { pure: true }));
  }
  return native(name, at, ([text], place) => matched(on, name, of, text, place));
}
