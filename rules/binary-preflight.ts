import { entriesIn } from '../src/model/lists.ts';
import { defineRule } from '../src/rule.ts';
import { siteOf } from '../src/value/value.ts';
import { all, always, is, mayHold, NO, not, some, test, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'binary-preflight',
    summary: 'All media types count as binary, and the OPTIONS mock does not turn the body into text.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
With \`*/*\` among the binary media types API Gateway takes the empty body of a preflight for binary data, cannot put it through the
template of a mock, and answers 500 ("Unable to transform request"). The OPTIONS methods that SAM and the CDK generate are set up like that;
those of the Serverless Framework are not.
`,
    remedy: `
Name the binary types that you really have (\`image/*\`), or give the OPTIONS integration \`ContentHandling: CONVERT_TO_TEXT\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html',
      'https://github.com/serverless/serverless/issues/4895',
    ],
  },
  messages: {
    unconverted: {
      severity: 'error',
      harm: 'broken',
      text: 'every preflight of {subjects} fails with 500: "*/*" makes its empty body binary, which a mock cannot read. Name the types that are binary, or add `ContentHandling: CONVERT_TO_TEXT` to the OPTIONS integration',
    },
    response: {
      severity: 'error',
      harm: 'broken',
      text: 'preflights of {subjects} may fail with 500: "*/*" makes bodies binary, and some had to add `ContentHandling: CONVERT_TO_TEXT` to the integration response of OPTIONS as well',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop, BinaryMediaTypes: ['*/*'] } }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode": 200}' }, IntegrationResponses: [{ StatusCode: 200 }] }
      MethodResponses: [{ StatusCode: 200 }]
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop, BinaryMediaTypes: [image/*] } }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode": 200}' }, IntegrationResponses: [{ StatusCode: 200 }] }
      MethodResponses: [{ StatusCode: 200 }]
`,
      },
    ],
  },
  check: {
    preflight({ by, at, convertsToText, mock }, { api }) {
      const mocked = mock ? all(is(by, 'mock'), takesAllForBinary(api.binaryMediaTypes)) : NO;
      if (!mock || !mayHold(mocked)) return [];
      const related = where(api.binaryMediaTypes);
      // One report (R17), so it is never certain.
      const half = all(test(convertsToText, Boolean), not(test(mock.responseConvertsToText, Boolean)), always('maybe'));
      return [
        { verdict: all(mocked, not(test(convertsToText, Boolean))), messageId: 'unconverted', at, related },
        { verdict: all(mocked, half), messageId: 'response', at, related },
      ];
    },
  },
});

type Types = Parameters<typeof entriesIn>[0];

/** SAM writes `*~1*`. */
const isAll = (type: string): boolean => type === '*/*' || type === '*~1*';

function takesAllForBinary(types: Types): Verdict {
  return some(types, (item) => test(item, (type) => type !== undefined && isAll(type)));
}

const where = (types: Types) =>
  [...entriesIn(types, isAll)].slice(0, 1).map(([entry]) => ({ at: siteOf(entry.from), text: 'all types are binary here' }));
