import { get, entriesOf, type Tree, type TreeMap } from '../../value/tree.ts';
import { asText, list, map, scalar } from '../trees.ts';
import type { Definition } from './definition.ts';
import type { ApiEvent } from './events.ts';
import { filledIn, itemsIn, truthy, withEntry } from './shape.ts';

const VALIDATORS = 'x-amazon-apigateway-request-validators';
const VALIDATOR = 'x-amazon-apigateway-request-validator';

const isTrue = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === true;

/** `RequestModel` and `RequestParameters` of a function's event: what the gateway checks before it calls (push.py Api._add_swagger_integration). */
export function addRequestChecks(definition: Definition, event: ApiEvent): void {
  const { path, method, properties } = event;
  const model = get(properties, 'RequestModel');
  if (truthy(get(model, 'Model'))) addValidator(definition, event, model);
  const parameters = itemsIn(get(properties, 'RequestParameters')).flatMap(parameterOf);
  if (parameters.length === 0) return;
  definition.editMethod(path, method, (one) => {
    const before = get(one, 'parameters');
    return withEntry(one, 'parameters', list([...itemsIn(before), ...parameters], filledIn(event.key)));
  });
}

function addValidator(definition: Definition, { path, method, key }: ApiEvent, model: Tree): void {
  const [body, parameters] = [get(model, 'ValidateBody'), get(model, 'ValidateParameters')];
  if (body.kind === 'absent' && parameters.kind === 'absent') return;
  const name = nameOf(isTrue(body), isTrue(parameters));
  const from = filledIn(key);
  const validator = map(
    { validateRequestBody: scalar(isTrue(body), from), validateRequestParameters: scalar(isTrue(parameters), from) },
    from,
  );
  if (!truthy(definition.get(VALIDATORS, name))) definition.setIn(VALIDATORS, name, validator);
  definition.editMethod(path, method, (one) => withEntry(one, VALIDATOR, scalar(name, from)));
}

/** swagger.py get_validator_name */
function nameOf(body: boolean, parameters: boolean): string {
  if (body) return parameters ? 'body-and-params' : 'body-only';
  return parameters ? 'params-only' : 'no-validation';
}

/** 'method.request.header.X-Shop', or a map from that to `Required` and `Caching`. */
function parameterOf(item: Tree): readonly TreeMap[] {
  const [entry] = entriesOf(item);
  const [text, settings] = entry ? [entry[0], entry[1].value] : [asText(item), undefined];
  const [, place, name] = /^method\.request\.(querystring|path|header)\.(.*)$/.exec(text ?? '') ?? [];
  if (place === undefined || name === undefined) return [];
  const { from } = item;
  const required = settings ? get(settings, 'Required') : scalar(false, from);
  return [
    map(
      {
        in: scalar(place === 'querystring' ? 'query' : place, from),
        name: scalar(name, from),
        required: required.kind === 'absent' ? scalar(false, from) : required,
        type: scalar('string', from),
      },
      from,
    ),
  ];
}
