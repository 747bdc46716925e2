/**
 * Whether a file that was found by walking may describe an API, or a `cors` of any kind: one look at the bytes
 * spares the parsing of three files in four. The words of an API in a value are enough, so nothing is missed; a template
 * that nests others beside it may hold theirs.
 */
export function mayHoldApi(bytes: Uint8Array, path: string): boolean {
  const text = latin1(bytes);
  return (!path.endsWith('.json') || DOCUMENT.test(text)) && API.test(text);
}

/** Whether it is a template all the same: one without an API, in which there is nothing to find. */
export const isTemplate = (bytes: Uint8Array): boolean => saysTemplate(latin1(bytes));

export function saysTemplate(text: string): boolean {
  return /\bResources["']?\s*:/.test(text) && /\bAWS::\w+::\w+/.test(text);
}

/** One character for each byte, without decoding: all that is looked for is ASCII. */
const latin1 = ({ buffer, byteOffset, length }: Uint8Array): string => Buffer.from(buffer, byteOffset, length).toString('latin1');

const DOCUMENT = /Resources|functions|openapi|swagger/;

const API =
  /AWS::ApiGateway|x-amazon-apigateway-|AWS::Lambda::Url|AWS::Serverless::(?:Api|HttpApi)|\bType["']?\s*:\s*["']?(?:Api|HttpApi)\b|FunctionUrlConfig|TemplateURL["']?\s*:\s*["']?\.{0,2}[\w/][\w./-]*\.(?:ya?ml|json|template)\b|CorsConfiguration|(?:^|[\s{,])(?:http|httpApi|url|cors)\s*:(?:\s|$)|["'](?:http|httpApi|url|cors)["']\s*:/m;
