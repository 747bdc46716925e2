import { get, type Tree } from '../../../value/tree.ts';
import type { Provenance } from '../../../value/value.ts';
import { overChoices } from '../choices.ts';
import { FUNCTION_URL, readCors } from '../cors-block.ts';
import { functionId, functionUrlId } from '../naming.ts';
import { asText, getAtt, list, map, scalar } from '../../trees.ts';
import { filledIn, isGiven, truthy } from '../shape.ts';
import { unique } from './http-api.ts';
import { resource, type Template } from './template.ts';

/** Six names: unlike the other two places without X-Amz-User-Agent (url-002). */
const URL_HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token', 'X-Amzn-Trace-Id'];

/** `functions.*.url` (lib/plugins/aws/package/compile/functions.js compileFunctionUrl). */
export function compileFunctionUrls(template: Template): void {
  for (const fn of template.service.functions) {
    const entry = fn.tree.kind === 'map' ? fn.tree.entries.get('url') : undefined;
    if (!entry || truthy(entry.value) === false) continue;
    const url = entry.value;
    const corsEntry = url.kind === 'map' ? url.entries.get('cors') : undefined;
    const cors = corsEntry ? readCors(corsEntry.value, corsEntry.key, FUNCTION_URL, template) : get(url, 'cors');
    const from = filledIn(entry.key);
    template.put(
      functionUrlId(fn.name),
      entry.key,
      overChoices([url, cors], ([settings, one]) =>
        truthy(settings ?? url) === false
          ? { kind: 'absent', from }
          : resource(
              'AWS::Lambda::Url',
              {
                AuthType: authType(get(settings ?? url, 'authorizer'), from),
                TargetFunctionArn: getAtt(functionId(fn.name), 'Arn', from),
                Cors: configuration(one ?? cors, corsEntry ? filledIn(corsEntry.key) : from),
              },
              from,
            ),
      ),
    );
  }
}

function authType(authorizer: Tree, from: Provenance): Tree {
  if (authorizer.kind === 'unknown') return authorizer;
  return scalar(asText(authorizer) === 'aws_iam' ? 'AWS_IAM' : 'NONE', isGiven(authorizer) ? authorizer.from : from);
}

/** An explicit null takes a default away (url-004), unlike in an HTTP API. */
function configuration(cors: Tree, from: Provenance): Tree | undefined {
  if (cors.kind === 'unknown') return cors;
  if (truthy(cors) === false) return undefined;
  const setting = (name: string, standard: readonly string[]): Tree | undefined => {
    const given = get(cors, name);
    if (given.kind === 'scalar' && given.value === null) return undefined;
    return given.kind === 'absent' || truthy(given) === false
      ? list(
          standard.map((one) => scalar(one, from)),
          from,
        )
      : unique(given);
  };
  const [credentials, exposed, maxAge] = [get(cors, 'allowCredentials'), get(cors, 'exposedResponseHeaders'), get(cors, 'maxAge')];
  return map(
    {
      AllowOrigins: setting('allowedOrigins', ['*']),
      AllowHeaders: setting('allowedHeaders', URL_HEADERS),
      AllowMethods: setting('allowedMethods', ['*']),
      AllowCredentials: credentials.kind === 'unknown' ? credentials : truthy(credentials) ? scalar(true, credentials.from) : undefined,
      ExposeHeaders: truthy(exposed) === false ? undefined : unique(exposed),
      MaxAge: isGiven(maxAge) ? maxAge : undefined,
    },
    from,
  );
}
