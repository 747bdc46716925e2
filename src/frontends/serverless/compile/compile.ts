import type { Tree } from '../../../value/tree.ts';
import { sayIgnored } from '../ignored.ts';
import { sayMentions } from '../mentioned.ts';
import { mergeResources } from '../resources.ts';
import type { Said } from '../../said.ts';
import type { Service } from '../service.ts';
import { compileFunctionUrls } from './function-url.ts';
import { compileFunctions } from './functions.ts';
import { compileHttpApi } from './http-api.ts';
import { compileRest } from './rest.ts';
import { Template } from './template.ts';
import { compileWebsocket } from './websocket.ts';

/** The CloudFormation template that the framework makes of a service at one stage, as far as browsers meet it. */
export function compile(service: Service, say: (said: Said) => void): Tree {
  const template = new Template(service, say);
  compileFunctions(template);
  compileFunctionUrls(template);
  compileRest(template);
  compileHttpApi(template);
  compileWebsocket(template);
  sayIgnored(service, say);
  sayMentions(service, say);
  return mergeResources(template.tree, service.resources, say);
}
