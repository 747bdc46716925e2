import type { Lifted } from '../lint.ts';
import { listed } from '../model/names.ts';
import { servedBy, type Served } from './canonical.ts';
import type { Changes, Default } from './changes.ts';
import type { Difference } from './difference.ts';
import type { Pair } from './pairs.ts';
import { nameOf } from './texts.ts';

/** Whether what changes in an API is served after the deploy, and what there is to say where it is not. */
export interface Liveness {
  readonly isLive: boolean;
  readonly differences: readonly Difference[];
}

/** `defaults`: the parameters whose new default makes the change; none where it comes about whatever they are. */
export function livenessOf(pair: Pair, changes: Changes, defaults: readonly Default[]): Liveness {
  const { before, after } = pair;
  // HTTP APIs deploy themselves or do not say (SAM and the CDK: AutoDeploy), function URLs have no stages.
  // Who imports an OpenAPI document alone makes the Deployment in the next breath.
  if (after.api.target !== 'rest' || after.api.imported || before.api.imported || after.document.dialect === 'openapi') return LIVE;
  const deployed = isRenewedAnyway(after.document, after.api.name) ? 'yes' : changes.isDeployed(after.api.name);
  if (deployed === 'yes') return { isLive: true, differences: dropped(pair, changes) };
  const changed = changedParts(servedBy(before.api), servedBy(after.api));
  const [first] = changed;
  if (!first) return LIVE;
  const parts = listed(
    changed.map(({ what }) => what),
    3,
  );
  const name = nameOf(after.api);
  const common = {
    kind: 'diff-not-live' as const,
    at: first.at,
    related: changed.slice(1, 6).map(({ at }) => ({ at, text: 'this changes as well' })),
    api: after.api.name,
    subjects: changed.map(({ what }) => what),
  };
  if (deployed === 'unseen')
    return { isLive: false, differences: [{ ...common, message: 'by-hand', data: { name, parts }, possible: true }] };
  const remedy = remedyFor(after.document);
  const parameters = listed(
    defaults.map(({ name: one }) => `\`${one}\``),
    3,
  );
  const data = { name, parts, remedy };
  return {
    isLive: false,
    differences: [
      defaults.length > 0 ? { ...common, message: 'parameter', data: { ...data, parameters } } : { ...common, message: 'stale', data },
    ],
  };
}

const LIVE: Liveness = { isLive: true, differences: [] };

/** The Serverless Framework makes a new Deployment each time, and keeps its template to itself. */
const isRenewedAnyway = (document: Lifted, api: string): boolean =>
  document.dialect === 'serverless' && document.model.deployments.some((one) => one.generated && one.api === api);

const remedyFor = ({ dialect }: Lifted): string =>
  dialect === 'sam'
    ? 'SAM hashes the document of the API as it is written: set `AlwaysDeploy: true` on the API'
    : 'Give the Deployment another logical id, and name it in the Stage';

/** What is another one in the later version, what is new there, and what is no longer there. */
function changedParts(before: readonly Served[], after: readonly Served[]): readonly Served[] {
  const [old, now] = [before, after].map((parts) => new Map(parts.map((part) => [part.key, part])));
  return [
    ...after.filter(({ key, text }) => old?.get(key)?.text !== text),
    // Where it was is no place in the later version.
    ...before.filter(({ key }) => !now?.has(key)),
  ];
}

/** Importing the document of an API anew overwrites what stands beside it, and what does not change is not made again (aws-cdk#28652). */
function dropped({ before, after }: Pair, changes: Changes): readonly Difference[] {
  const { api } = after;
  if (!changes.documentChanges(api.name)) return [];
  const old = new Map(servedBy(before.api).map(({ key, text }) => [key, text]));
  const still = api.gatewayResponses.filter(({ detached }) => detached);
  const parts = servedBy({ ...api, resources: [], gatewayResponses: still }).filter(({ key, text }) => old.get(key) === text);
  const [first] = parts;
  if (!first) return [];
  const names = listed(
    parts.map(({ what }) => what),
    3,
  );
  return [
    {
      kind: 'diff-responses-dropped',
      message: 'dropped',
      data: { name: nameOf(api), names },
      at: first.at,
      related: [],
      api: api.name,
      subjects: [],
    },
  ];
}
