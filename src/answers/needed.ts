import type { Api, Model } from '../model/api.ts';
import type { FunctionCode } from '../model/functions.ts';
import { knownIn } from '../model/asking.ts';
import { isForOtherSites } from '../model/queries.ts';

/** The functions whose answers browsers may meet: behind an endpoint or a preflight that code answers, or adds to. */
export function neededIn(model: Model): readonly FunctionCode[] {
  const names = new Set(model.apis.filter((api) => isMet(api, model)).flatMap(namesIn));
  return (model.functions ?? []).filter(({ name }) => names.has(name));
}

/** Browsers do not apply CORS to WebSockets; of a private API it is judged what the gateway says alone, as the pages of its network are not seen. */
const isMet = (api: Api, model: Model): boolean =>
  api.target !== 'websocket' && isForOtherSites(api, model).some(({ truth }) => truth !== 'no');

const namesIn = (api: Api): readonly string[] =>
  api.resources.flatMap(({ endpoints, preflight }) => [
    ...endpoints.flatMap(({ handler, integration }) => (handler !== undefined && knownIn(integration).includes('proxy') ? [handler] : [])),
    ...(preflight.handler === undefined ? [] : [preflight.handler]),
  ]);
