import { get, mapKnown, partsOf, valueOf, type Tree } from '../../value/tree.ts';
import { known, leaves, type Value } from '../../value/value.ts';
import type { Mock, MockRequest } from '../../model/api.ts';
import { isText, plain, type Text } from './text.ts';
import { textOr } from './template.ts';
import { both, either, isGiven, perWorld, type Arm } from './worlds.ts';

/** What can keep the mock of a method from answering; `response` is the one that does. */
export function mockOf(method: Tree, response: Tree): Mock {
  const integration = get(method, 'Integration');
  const request = requestOf(get(integration, 'RequestTemplates'));
  return {
    request,
    passthrough: passthroughOf(method),
    responds: responds(get(integration, 'IntegrationResponses'), request),
    responseConvertsToText: valueOf(get(response, 'ContentHandling'), (value) => value === 'CONVERT_TO_TEXT'),
  };
}

/** What becomes of a body that no request template is for; `WHEN_NO_MATCH` where nothing is said. */
const passthroughOf = (method: Tree): Value<string> =>
  valueOf(get(method, 'Integration', 'PassthroughBehavior'), (value) => textOr(value).toUpperCase() || 'WHEN_NO_MATCH');

/**
 * Whether a body of a type without a template gets 415: with `NEVER`, and with `WHEN_NO_TEMPLATES` as soon as there is a template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function refusesTypes(method: Tree): Value<boolean> {
  const templates = get(method, 'Integration', 'RequestTemplates');
  const some = perWorld([templates], templates.from, (arm): Value<boolean> => {
    if (arm.kind === 'unknown') return { kind: 'unknown', why: arm.why, from: arm.from };
    return known(arm.kind === 'map' && arm.entries.size > 0, arm.from);
  });
  const passthrough = passthroughOf(method);
  const asks = (behavior: string): Value<boolean> => mapKnown(passthrough, (value) => value === behavior);
  return either(asks('NEVER'), both(asks('WHEN_NO_TEMPLATES'), some));
}

/** A preflight has no Content-Type, so the template for application/json is used, and no other (R5). */
const requestOf = (templates: Tree): Value<MockRequest> =>
  perWorld([templates, get(templates, 'application/json')], templates.from, (all, one): Value<MockRequest> => {
    if (all.kind === 'unknown' || one.kind === 'unknown') return statusIn(all.kind === 'unknown' ? all : one);
    if (isGiven(one)) return statusIn(one);
    const types = all.kind === 'map' ? [...all.entries.keys()] : [];
    return known(types.length > 0 ? { kind: 'missing', types } : { kind: 'untemplated' }, all.from);
  });

/** `{statusCode:200}` is as good as JSON (R4): the number is looked for, no parser is. */
const STATUS = /["']?statusCode["']?\s*:\s*(\d{3})\b/g;

/** The integer that the template asks for (R3). What VTL decides is not worked out. */
function statusIn(arm: Arm): Value<MockRequest> {
  const { from } = arm;
  if (!isText(arm)) return known({ kind: 'none', written: '' }, from);
  const text = plain(partsOf(arm));
  const asked = new Set([...text.matchAll(STATUS)].map(([, digits]) => Number(digits)));
  const [only, second] = asked;
  if (only !== undefined && second === undefined) return known({ kind: 'status', status: only }, from);
  const why = openBecause(arm, text, second !== undefined);
  return why === undefined ? known({ kind: 'none', written: text.trim() }, from) : { kind: 'unknown', why, from };
}

const openBecause = (arm: Text, text: string, several: boolean): string | undefined => {
  if (arm.kind === 'unknown') return arm.why;
  return several || /[#$]/.test(text) ? 'its request template works the status out' : undefined;
};

/** Whether some integration response is met: the default one, or one whose pattern is the status that is asked for (R8). */
const responds = (responses: Tree, request: Value<MockRequest>): Value<boolean> =>
  perWorld([responses], responses.from, (list) => {
    if (list.kind === 'unknown') return { kind: 'unknown', why: list.why, from: list.from };
    const items = list.kind === 'list' ? list.items : [];
    const patterns = items.map((item) => get(item, 'SelectionPattern'));
    return perWorld<readonly Tree[], boolean>([...items, ...patterns], list.from, (...arms) => {
      const standing = arms.slice(0, items.length).flatMap((item, i) => {
        const pattern = arms[items.length + i];
        return isGiven(item) && pattern ? [pattern] : [];
      });
      const open = standing.find(({ kind }) => kind === 'unknown');
      if (standing.some(isDefault)) return known(true, list.from);
      if (open?.kind === 'unknown') return { kind: 'unknown', why: open.why, from: open.from };
      return matched(standing, request, list.from);
    });
  });

const isDefault = (pattern: Arm): boolean => !isGiven(pattern) || (pattern.kind === 'scalar' && pattern.value === '');

function matched(patterns: readonly Arm[], request: Value<MockRequest>, from: Arm['from']): Value<boolean> {
  if (patterns.length === 0) return known(false, from);
  const [asked, ...others] = leaves(request);
  const unsure = { kind: 'unknown', why: 'it hangs on the selection patterns which integration response answers', from } as const;
  if (others.length > 0 || asked?.kind !== 'known' || asked.value.kind !== 'status') return unsure;
  const { status } = asked.value;
  const found = new Set(
    patterns.map((pattern) => (pattern.kind === 'scalar' ? matches(String(pattern.value), String(status)) : undefined)),
  );
  if (found.has(true)) return known(true, from);
  return found.has(undefined) ? unsure : known(false, from);
}

/** By the whole text, as Java's regular expressions are; undefined for one that is none here, or too long to be tried. */
function matches(pattern: string, text: string): boolean | undefined {
  if (pattern.length > 100) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch {
    return undefined;
  }
}
