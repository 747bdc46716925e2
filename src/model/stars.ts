import type { List } from '../value/value.ts';
import { all, always, YES, type Verdict } from '../value/verdict.ts';
import type { Api, Endpoint } from './api.ts';
import { inside } from './asking.ts';
import { entriesIn } from './lists.ts';
import { namesHeader } from './queries.ts';

/** Each `*` of a list: in which worlds it is there, and where. */
export const starsIn = (list: List<string>) => entriesIn(list, (name) => name === '*').map(([entry, isSo]) => [isSo, entry.from] as const);

/** Whether HTTP APIs and function URLs send the `*` as it stands is not documented (H20). */
export const sendsStarItself = ({ target }: Api): Verdict => (target === 'rest' ? YES : always('maybe'));

/** Whether a call carries an Authorization header: a signed one does, and what an authorizer reads from it. */
export const readsAuthorization = ({ authorizer, exists }: Endpoint): Verdict =>
  all(
    exists,
    inside(authorizer, ({ kind, headers }) => (kind === 'iam' ? YES : namesHeader(headers, 'Authorization'))),
  );
