/** Logical ids as the framework makes them (lib/plugins/aws/lib/naming.js): `resources` and `extensions` name them. */

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Of one character, told without a regular expression, whose first use takes longer than all that it is asked of. */
export const isAlphanumeric = (character: string): boolean => ALPHANUMERIC.includes(character);

/** 'users', '{id}' → 'Users', 'IdVar'. The tail is lower-cased, so `Users` and `users` are one (merge-020). */
function pathPart(part: string): string {
  const lower = part.toLowerCase().replaceAll('-', 'Dash');
  const [open, close] = [lower.indexOf('{'), lower.lastIndexOf('}')];
  const named = open >= 0 && close > open ? `${lower.slice(0, open)}${lower.slice(open + 1, close)}Var${lower.slice(close + 1)}` : lower;
  return upperFirst(named.split('').filter(isAlphanumeric).join(''));
}

const path = (text: string): string => text.split('/').map(pathPart).join('');

export const resourceId = (resourcePath: string): string => `ApiGatewayResource${path(resourcePath)}`;

export const methodId = (resourcePath: string, method: string): string =>
  `ApiGatewayMethod${path(resourcePath)}${upperFirst(method.toLowerCase())}`;

const resourceName = (name: string): string => upperFirst(name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));

export const functionId = (name: string): string => `${resourceName(name)}LambdaFunction`;

export const functionUrlId = (name: string): string => `${resourceName(name)}LambdaFunctionUrl`;

export const authorizerId = (name: string): string => `${resourceName(name)}ApiGatewayAuthorizer`;

export const httpAuthorizerId = (name: string): string => `HttpApiAuthorizer${resourceName(name)}`;

export const httpIntegrationId = (functionName: string): string => `HttpApiIntegration${resourceName(functionName)}`;

/** 'GET /items' → 'HttpApiRouteGetItems', '*' → 'HttpApiRouteDefault'. */
export const httpRouteId = (routeKey: string): string => (routeKey === '*' ? 'HttpApiRouteDefault' : `HttpApiRoute${path(routeKey)}`);

export const REST_API_ID = 'ApiGatewayRestApi';
export const HTTP_API_ID = 'HttpApi';
export const WEBSOCKET_API_ID = 'WebsocketsApi';
/** The real one carries the time of the deploy; a new one each time. */
export const DEPLOYMENT_ID = 'ApiGatewayDeployment';
