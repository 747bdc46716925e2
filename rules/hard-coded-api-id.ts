import { defineRule } from '../src/rule.ts';
import { all, any } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'hard-coded-api-id',
    summary: 'An execute-api ARN or URL holds the id of an API as text.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
API Gateway gives an API its id when it is made. Remove the stack and deploy it again, rename the API's resource, deploy to another stage or
account: the id is a new one, and whatever spells the old one points to nothing. In a browser that looks like CORS: the host is gone, or
the permission fails and the error comes without headers.
`,
    remedy: `
Refer to the API: \`!Ref ApiGatewayRestApi\` for the REST API of a \`serverless.yml\`, \`!Ref HttpApi\` for its HTTP API, \`!Ref\` and the
logical id in CloudFormation.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html',
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-restapi.html',
    ],
  },
  messages: {
    own: {
      severity: 'warning',
      harm: 'broken',
      text: 'the API id "{id}" is spelt out in {place}. If that is {name}, it holds until the API is made anew, and for one stage alone: every other has another id. Write `!Ref {name}` in its place, or its name within `!Sub`',
    },
    'other-account': {
      severity: 'note',
      harm: 'broken',
      text: 'the API id "{id}" of the account {account} is spelt out in {place}. If that is {name}, write `!Ref {name}` in its place: an API that is made anew has another id. If it is an API of somebody else, all is well',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'serverless',
        code: `
service: shop
provider:
  name: aws
  environment: { API: https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod }
functions:
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: true }
`,
      },
    ],
    good: [
      {
        as: 'serverless',
        code: `
service: shop
provider:
  name: aws
  environment:
    API: !Sub 'https://\${ApiGatewayRestApi}.execute-api.\${AWS::Region}.amazonaws.com/prod'
functions:
  cart:
    handler: cart.handler
    events:
      - http: { path: cart, method: get, cors: true }
`,
      },
    ],
  },
  check: {
    *model({ mentions, apis }) {
      // Without an API of its own a template names those of others, whose ids it cannot look up.
      const own = apis.filter(({ target, imported, name, at }) => target !== 'url' && (!imported || at.path.at(-1) === name));
      const [first] = own;
      if (!first) return;
      const exists = any(...own.map((api) => api.exists));
      for (const { at, exists: stands, apiId: id, account, place } of mentions) {
        const data = { id, place, name: first.name };
        const verdict = all(stands, exists);
        if (account === undefined) yield { verdict, messageId: 'own', data, at };
        else yield { verdict, messageId: 'other-account', data: { ...data, account }, at };
      }
    },
  },
});
