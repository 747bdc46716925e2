import type { Location } from '../../source/location.ts';
import { places } from '../interpret/drafts.ts';
import type { Machine } from '../interpret/machine.ts';
import { Ended } from '../interpret/run.ts';
import { native, opaque, type Members, type Native, type Thing } from '../interpret/things.ts';
import type { Reply } from './reply.ts';

/** Gives the answer to the request, as Lambda gets it from the wrapper around the application. */
export type Application = (on: Machine, at: Location) => Thing;

const applications = new WeakMap<Thing, Application>();

/** Marks what a framework gives as an application that a wrapper can hand requests to. */
export function serves(thing: Thing, application: Application): void {
  applications.set(thing, application);
}

/**
 * The application itself, as the code has it: what it gives by name, and what it does with any other name. Whoever is handed it may hang anything on it,
 * and `released` hears why.
 */
export const applicationOf = (
  name: string,
  at: Location,
  members: Members,
  released: (why: string) => void,
  call: Native['call'] = () => opaque('it is no function', at),
): Native => ({ ...native(name, at, call, members), released });

/** What an application answers. One that is not known is answered for by nobody. */
export function answerOf(on: Machine, thing: Thing | undefined, at: Location): Thing {
  const application = thing && applications.get(thing);
  if (application) return application(on, at);
  return opaque(thing?.kind === 'foreign' ? `the package \`${thing.package}\` makes it` : 'the application behind it is not read', at);
}

/** Ends the sentence "what the code answers is not known: …", of an application without a route: it gets them somewhere. */
export const ROUTELESS = 'no route of its application is seen';

/** What has been sent. Where nothing was, and nobody could have sent anything unseen, there is no answer. */
export function delivered(on: Machine, reply: Reply, unseen: string | undefined, at: Location): Thing {
  const { sent } = reply;
  if (sent) {
    on.left = sent.at;
    places.set(sent.answer, sent.at);
    return sent.answer;
  }
  if (unseen !== undefined) return opaque(unseen, at);
  throw new Ended();
}
