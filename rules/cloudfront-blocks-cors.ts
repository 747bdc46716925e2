import type { Behavior, Distribution } from '../src/model/around.ts';
import type { Model } from '../src/model/api.ts';
import { isForPages, isNoPattern } from '../src/model/distributions.ts';
import { entriesIn } from '../src/model/lists.ts';
import { shown } from '../src/model/names.ts';
import { allowsCredentials, namesHeader } from '../src/model/queries.ts';
import { defineRule } from '../src/rule.ts';
import { all, always, any, is, NO, not, some, test } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'cloudfront-blocks-cors',
    summary: 'A CloudFront distribution in front of an API stands in the way of CORS.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
CloudFront answers before the API does. Methods that it does not allow get its own 403, OPTIONS among them if it is left out; a header that it does
not pass on never reaches the API, and without \`Origin\` an HTTP API sends no CORS header at all; and an answer that it keeps is handed to whoever
asks next.
`,
    remedy: `
Allow OPTIONS (with \`AllowedMethods: [GET, HEAD, OPTIONS]\` or all seven), pass \`Origin\` on (the managed policies \`CORS-CustomOrigin\` or
\`AllViewerExceptHostHeader\`), and cache by it, or not at all.
`,
    references: [
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html',
      'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html',
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
    ],
  },
  messages: {
    method: {
      severity: 'warning',
      harm: 'broken',
      text: 'preflights never reach the API behind `{distribution}`: its path pattern "{path}" does not allow OPTIONS, and CloudFront refuses them with 403. Allow OPTIONS there',
    },
    origin: {
      severity: 'warning',
      harm: 'broken',
      text: 'the API behind `{distribution}` never hears who asks: for "{path}" CloudFront does not pass the header Origin on, so no CORS headers come back. Add an origin request policy like CORS-CustomOrigin',
    },
    redirect: {
      severity: 'warning',
      harm: 'broken',
      text: 'preflights to http:// of `{distribution}` are redirected to https://, and no browser follows a redirect there. Let pages call https:// alone',
    },
    pattern: {
      severity: 'warning',
      harm: 'broken',
      text: 'no page has an origin like "{origin}": a response headers policy takes a "*" as the first label of the host alone, like https://*.example.com',
    },
    credentials: {
      severity: 'warning',
      harm: 'broken',
      text: 'browsers refuse "*" for calls with credentials, and this response headers policy sends both. Name the origins, headers and methods',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: ['https://shop.example.com'] } } }
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{ Id: api, DomainName: !Sub '\${Api}.execute-api.\${AWS::Region}.amazonaws.com', CustomOriginConfig: { OriginProtocolPolicy: https-only } }]
        DefaultCacheBehavior: { TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: shop, ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: ['https://shop.example.com'] } } }
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Origins: [{ Id: api, DomainName: !Sub '\${Api}.execute-api.\${AWS::Region}.amazonaws.com', CustomOriginConfig: { OriginProtocolPolicy: https-only } }]
        DefaultCacheBehavior: { TargetOriginId: api, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS], CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac }
`,
      },
    ],
  },
  check: {
    model: (model) =>
      (model.distributions ?? []).flatMap((distribution) => distribution.behaviors.flatMap((one) => [...judged(one, distribution, model)])),
  },
});

function* judged(one: Behavior, { name, exists, servesMore }: Distribution, model: Model) {
  const [at, data] = [one.at, { distribution: name, path: shown(one.path) }];
  const here = all(exists, one.exists);
  // Pages that the distribution serves too call their own origin, and need none of this.
  const meant = servesMore ? NO : all(here, isForPages(one, model));
  const allows = some(one.allowedMethods, (method) => is(method, 'OPTIONS'));
  yield { verdict: all(meant, not(allows)), messageId: 'method' as const, data, at };
  const passes = any(namesHeader(one.forwards, 'Origin'), namesHeader(one.forwards, '*'));
  yield { verdict: all(meant, allows, not(passes)), messageId: 'origin' as const, data, at };
  // What is refused anyway is told above.
  const redirects = all(meant, allows, test(one.redirects, Boolean), always('maybe'));
  yield { verdict: redirects, messageId: 'redirect' as const, data, at };
  const { cors } = one;
  if (!cors) return;
  for (const [origin, isSo] of entriesIn(cors.origins, isNoPattern))
    yield { verdict: all(here, cors.exists, isSo), messageId: 'pattern' as const, data: { origin: shown(origin) }, at: origin.from };
  const { headers, methods } = cors.headers;
  const star = any(...[cors.origins, headers, methods].map((list) => some(list, (item) => is(item, '*'))));
  yield { verdict: all(here, cors.exists, star, allowsCredentials(cors.headers)), messageId: 'credentials' as const, at: cors.at };
}
