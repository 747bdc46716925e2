import { get } from '../../../value/tree.ts';
import { WEBSOCKET_API_ID } from '../naming.ts';
import { scalar } from '../../trees.ts';
import { filledIn, isGiven } from '../shape.ts';
import type { Template } from './template.ts';

/** One WebSocket API for all `websocket` events; browsers apply no CORS to it (reference O1). */
export function compileWebsocket(template: Template): void {
  const [first] = template.service.functions.flatMap(({ events }) => events.filter(({ kind }) => kind === 'websocket'));
  if (!first || isGiven(get(template.service.provider, 'apiGateway', 'websocketApiId'))) return;
  template.add(WEBSOCKET_API_ID, 'AWS::ApiGatewayV2::Api', first.key, { ProtocolType: scalar('WEBSOCKET', filledIn(first.key)) });
}
