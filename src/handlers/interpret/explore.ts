import type { Code, Unread } from '../../model/code.ts';
import type { Location } from '../../source/location.ts';
import { nameOf } from '../file-name.ts';
import type { HandlerRequest } from '../index.ts';
import { respond } from './answers.ts';
import { invoke } from './calls.ts';
import type { Draft } from './drafts.ts';
import { draftOf } from './drafts.ts';
import { settled } from './evaluate.ts';
import type { Imports, Language, Machine, Ways } from './machine.ts';
import { exportOf, moduleOf } from './modules.ts';
import { Answered, Budget, Ended, MAX_WAYS, Run, Spent, Thrown } from './run.ts';
import { age, stateOf } from './state.ts';
import { native, opaque, scalar, type Thing } from './things.ts';
import type { Program } from '../program.ts';

/** What is walked: a handler's file, and what goes with it. */
export interface Subject {
  readonly request: HandlerRequest;
  readonly program: Program;
  readonly imports: Imports;
  readonly language: Language;
  readonly traces: boolean;
}

/** What came of one way through the code. */
type Outcome = { readonly draft: Draft } | { readonly unread: Unread } | undefined;

/** Walks every way through a handler, within bounds. */
export function explore(subject: Subject): Code {
  const { file, exported } = subject.request;
  const budget = new Budget();
  const drafts: Draft[] = [];
  const unread = new Map<string, Unread>();
  let at: Location = { file, path: [], start: 0, end: 0 };
  const say = (one: Unread): void => void unread.set(`${one.at.file.path}:${one.at.start}:${one.why}`, one);
  const left = new Map<string, string>();
  let ahead: readonly number[] | undefined = [];
  for (let ways = 0; ahead; ways += 1) {
    if (ways >= MAX_WAYS) {
      say({ at, why: 'there are too many ways through it' });
      break;
    }
    const run: Run = new Run(budget, ahead, (name) => subject.request.env(name), subject.language.own !== undefined);
    const on = machine(subject, run);
    try {
      const handler = load(on, subject, exported);
      if (handler.at.file === file) ({ at } = handler);
      for (const outcome of outcomes(on, subject, handler, left)) {
        if (outcome && 'draft' in outcome) drafts.push(outcome.draft);
        else if (outcome) say(outcome.unread);
      }
    } catch (error) {
      if (error instanceof Spent || error instanceof RangeError) {
        say({ at, why: 'there is too much of it to be followed' });
        if (budget.spent) break;
      } else if (!(error instanceof Ended || error instanceof Thrown)) throw error;
    }
    ahead = run.next();
  }
  return { at, answers: respond(drafts, at), unread: [...unread.values()], traces: subject.traces };
}

const machine = ({ language, imports }: Subject, run: Run): Machine => ({
  run,
  language,
  imports,
  modules: new Map(),
  packages: new Map(),
  given: undefined,
  left: undefined,
});

/** The handler, as loading its file leaves it. */
function load(on: Machine, { program, request }: Subject, exported: string): Thing {
  const start: Location = { file: request.file, path: [], start: 0, end: 0 };
  const handler = exportOf(on, moduleOf(on, program), exported, start);
  return handler ?? opaque(`\`${nameOf(request.file)}\` exports no \`${exported}\``, start);
}

/** Requests one after another are followed as long as they leave behind what none before them did; this many at most. */
const MAX_REQUESTS = 3;

/**
 * What comes of a request, and of those after it where it leaves something behind. `left` has the turns that first led to each state:
 * what comes after it is followed from there alone.
 */
function* outcomes(on: Machine, subject: Subject, handler: Thing, left: Map<string, string>): Generator<Outcome> {
  const first = stateOf(on);
  const seen = new Set([first.text]);
  for (let requests = 1; ; requests += 1) {
    yield answered(on, subject, handler);
    const { text } = stateOf(on);
    if (seen.has(text)) return;
    const turns = on.run.turns.map(({ taken }) => taken).join();
    const leads = left.get(text) ?? turns;
    left.set(text, leads);
    if (leads !== turns) return;
    if (requests === MAX_REQUESTS) {
      yield { unread: { at: handler.at, why: 'it changes from request to request' } };
      return;
    }
    age(on, first, handler.at);
    seen.add(text).add(stateOf(on).text);
    on.run.renew();
    on.given = undefined;
    on.left = undefined;
  }
}

/** An error that leaves the code is no answer of its own. */
function answered(on: Machine, subject: Subject, handler: Thing): Outcome {
  try {
    return walk(on, subject, handler);
  } catch (error) {
    if (error instanceof Ended || error instanceof Thrown) return undefined;
    throw error;
  }
}

function walk(on: Machine, { request }: Subject, handler: Thing): Outcome {
  const start: Location = { file: request.file, path: [], start: 0, end: 0 };
  if (on.language.own) return walkPlainly(on, on.language.own, handler, start);
  if (handler.kind !== 'function' && handler.kind !== 'native') return { unread: { at: handler.at, why: whoseIs(handler) } };
  try {
    const thing = invoke(on, handler, [on.run.piece('', start), contextOf(on, start), callbackOf(on, start)], handler.at);
    const at = on.left ?? handler.at;
    if (thing.kind !== 'promise') return plainResult(handler, thing, at);
    return outcomeOf(on, settled(on, thing, at), at);
  } catch (error) {
    if (error instanceof Answered && on.given) return outcomeOf(on, on.given.thing, on.given.at);
    throw error;
  }
}

/** Python's functions return their answers. */
function walkPlainly(on: Machine, own: Ways, handler: Thing, start: Location): Outcome {
  const called = handler.kind === 'object' ? own.callable(on, handler, start) : handler;
  if (called?.kind !== 'function' && called?.kind !== 'native' && called?.kind !== 'class') {
    return { unread: { at: handler.at, why: whoseIs(handler) } };
  }
  const context = opaque('it is worked out from the context', start, { pure: true });
  const thing = invoke(on, called, [on.run.piece('', start), context], handler.at);
  const at = on.left ?? handler.at;
  return outcomeOf(on, own.answer(on, thing) ?? opaque('it is nothing that Lambda can send', at), at);
}

/** Lambda waits for promises and callbacks alone: what else a function returns goes nowhere. */
function plainResult(handler: Thing, thing: Thing, at: Location): Outcome {
  if (thing.kind === 'scalar' && thing.value === undefined) return undefined;
  if (thing.kind === 'opaque' || thing.kind === 'foreign') return { unread: { at, why: whoseIs(thing) } };
  if (handler.kind === 'function' && handler.code.params.length > 2) return undefined;
  return { unread: { at, why: 'it returns without a promise, which Lambda does not wait for' } };
}

function outcomeOf(on: Machine, thing: Thing, at: Location): Outcome {
  const draft = draftOf(on, thing, at);
  return draft ? { draft } : { unread: { at, why: whoseIs(thing) } };
}

const whoseIs = (thing: Thing): string =>
  thing.kind === 'foreign'
    ? `the package \`${thing.package}\` makes it`
    : thing.kind === 'opaque'
      ? thing.why
      : thing.kind === 'event'
        ? 'it is worked out from the event'
        : 'it is no function that can be followed';

function answerWith(on: Machine, thing: Thing | undefined, at: Location): never {
  on.given = { thing: thing ?? scalar(undefined, at), at };
  throw new Answered();
}

/** `callback(error, answer)`: an error is none of the code's answers. */
function callbackOf(on: Machine, start: Location): Thing {
  const call = native('callback', start, ([error, answer], at) => {
    if (error && on.run.decide(error)) throw new Ended();
    return answerWith(on, answer, at);
  });
  return { ...call, effect: true };
}

function contextOf(on: Machine, start: Location): Thing {
  const context = opaque('it is worked out from the context', start);
  const give = (name: string, call: (args: readonly Thing[], at: Location) => Thing): void => {
    context.members.set(name, { ...native(name, start, call), effect: true });
  };
  give('succeed', ([answer], at) => answerWith(on, answer, at));
  give('done', ([error, answer], at) => {
    if (error && on.run.decide(error)) throw new Ended();
    return answerWith(on, answer, at);
  });
  give('fail', () => {
    throw new Ended();
  });
  context.members.set('awsRequestId', opaque('it is worked out from the context', start));
  return context;
}
