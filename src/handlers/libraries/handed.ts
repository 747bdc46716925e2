import type { Location } from '../../source/location.ts';
import type { Machine } from '../interpret/machine.ts';
import { native, opaque, scalar, textOf, type Native, type Thing } from '../interpret/things.ts';
import { having, method, none } from './kit.ts';
import type { Reply } from './reply.ts';

type Does = (args: readonly Thing[], at: Location) => unknown;

/** Names methods on what a library gives; they give back what they are called on, where they give nothing of their own. */
export const chained =
  (on: Machine, own: Map<string, Thing>, at: Location, made: () => Thing) =>
  (name: string, does: Does): void => {
    own.set(
      name,
      method(name, at, (args, place) => {
        on.run.wrote();
        const given = does(args, place);
        return isThing(given) ? given : made();
      }),
    );
  };

/** The methods that take a header of the answer away, and read it. */
export function headerMethods(give: ReturnType<typeof chained>, reply: Reply): void {
  give('removeHeader', ([name]) => reply.delete(textOf(name) ?? ''));
  give('getHeader', ([name], place) => reply.get(textOf(name) ?? '') ?? none(place));
  give('hasHeader', ([name], place) => scalar(reply.get(textOf(name) ?? '') !== undefined, place));
}

const isThing = (given: unknown): given is Thing => typeof given === 'object' && given !== null && 'kind' in given;

/** The answer in the making that a framework hands to the code. `unsure` hears why something unseen may have answered with it. */
export function handed(
  name: string,
  reply: Reply,
  own: Map<string, Thing>,
  at: Location,
  unsure: (why: string) => void,
  other: (member: string) => Thing | undefined = () => undefined,
): Native {
  return {
    ...native(
      name,
      at,
      () => none(at),
      having(own, (member) => {
        if (/^(?:then|catch|finally)$/.test(member)) return undefined;
        const given = other(member);
        if (given) return given;
        unsure(`\`${name}.${member}\` is not read`);
        return opaque(`\`${name}.${member}\` is not read`, at);
      }),
    ),
    effect: true,
    released(why) {
      if (reply.sent) return;
      reply.unsettle(why);
      unsure('other code may have answered');
    },
  };
}
