import type { Location } from '../../source/location.ts';
import { invoke } from '../interpret/calls.ts';
import { settled } from '../interpret/evaluate.ts';
import type { Machine } from '../interpret/machine.ts';
import { Ended, Thrown } from '../interpret/run.ts';
import { list, native, opaque, promised, scalar, type Native, type Promised, type Thing } from '../interpret/things.ts';

/** `then`, `catch`, `finally` of a promise, or of what may be one. */
export function ofPromise(on: Machine, of: Thing, name: string, at: Location): Thing | undefined {
  const promise = (): Promised => (of.kind === 'promise' ? of : promised(opaque('it comes from code that is not read', at), at, 'maybe'));
  switch (name) {
    case 'then':
      return native(name, at, ([done, failed], place) => then(on, promise(), done, failed, place));
    case 'catch':
      return native(name, at, ([failed], place) => then(on, promise(), undefined, failed, place));
    case 'finally':
      return native(name, at, ([work], place) => {
        if (work) invoke(on, work, [], place);
        return promise();
      });
    default:
      return undefined;
  }
}

function then(on: Machine, promise: Promised, done: Thing | undefined, failed: Thing | undefined, at: Location): Thing {
  const rejected = promise.rejected === 'yes' || (promise.rejected === 'maybe' && on.run.fork(2) === 1);
  const value = promise.rejected === 'maybe' && rejected ? opaque('it is an error', at) : promise.value;
  const next = rejected ? failed : done;
  if (!next || (next.kind === 'scalar' && !next.value)) return { ...promise, value, rejected: rejected ? 'yes' : 'no' };
  return attempt(on, () => invoke(on, next, [value], at), at);
}

/** The promise of what some work gives; what it throws rejects it. */
function attempt(on: Machine, work: () => Thing, at: Location): Promised {
  const before = on.run.risks;
  try {
    const value = work();
    const made = value.kind === 'promise' ? value : promised(value, at);
    return on.run.risks > before && made.rejected === 'no' ? { ...made, rejected: 'maybe' } : made;
  } catch (error) {
    if (error instanceof Thrown) return promised(error.thing, at, 'yes');
    throw error;
  }
}

/** `new Promise((resolve, reject) => …)`. */
function create(on: Machine, executor: Thing | undefined, at: Location): Thing {
  let result: Promised | undefined;
  const settle = (name: string, rejected: 'yes' | 'no'): Native => ({
    ...native(name, at, ([value], place) => {
      const settledWith = value ?? scalar(undefined, place);
      result ??= settledWith.kind === 'promise' && rejected === 'no' ? settledWith : promised(settledWith, place, rejected);
      return scalar(undefined, place);
    }),
    effect: true,
  });
  if (!executor) throw new Thrown(opaque('it is an error', at));
  try {
    invoke(on, executor, [settle('resolve', 'no'), settle('reject', 'yes')], at);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    result ??= promised(error.thing, at, 'yes');
  }
  // Nothing ever comes of it.
  if (!result) throw new Ended();
  return result;
}

export function promiseClass(on: Machine, at: Location): Thing {
  return native(
    'Promise',
    at,
    ([executor], place) => create(on, executor, place),
    new Map<string, Thing>([
      [
        'resolve',
        native('resolve', at, ([value], place) => (value?.kind === 'promise' ? value : promised(value ?? scalar(undefined, place), place))),
      ],
      ['reject', native('reject', at, ([value], place) => promised(value ?? scalar(undefined, place), place, 'yes'))],
      ['all', native('all', at, ([all], place) => together(on, all, place))],
      ['allSettled', native('allSettled', at, (_args, place) => promised(opaque('it is what became of promises', place), place))],
      ['race', native('race', at, (_args, place) => promised(opaque('it is one of several', place), place, 'maybe'))],
      ['any', native('any', at, (_args, place) => promised(opaque('it is one of several', place), place, 'maybe'))],
    ]),
  );
}

function together(on: Machine, all: Thing | undefined, at: Location): Thing {
  if (all?.kind !== 'list' || all.open !== undefined) {
    on.run.risks += 1;
    return promised({ ...list([], at), open: 'it is what promises gave' }, at, 'maybe');
  }
  return attempt(
    on,
    () =>
      list(
        all.items.map((item) => settled(on, item, at)),
        at,
      ),
    at,
  );
}
