import { scalar } from '../trees.ts';
import { filledIn } from './shape.ts';
import { WEBSOCKET, type Sam } from './template.ts';

/** WebSocket APIs have no preflights and no CORS; that one is there is all that matters of it. */
export function compileWebSockets({ resources, output }: Sam): void {
  for (const { id, type, key, condition } of resources.values())
    if (type === WEBSOCKET)
      output.add(id, 'AWS::ApiGatewayV2::Api', key, { ProtocolType: scalar('WEBSOCKET', filledIn(key)) }, { condition });
}
