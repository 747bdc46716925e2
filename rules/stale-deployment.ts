import type { Api } from '../src/model/api.ts';
import type { Named } from '../src/model/deployment.ts';
import { madePartsOf } from '../src/model/parts.ts';
import { listed } from '../src/model/names.ts';
import { defineRule } from '../src/rule.ts';
import { all, any } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'stale-deployment',
    summary: 'A Deployment does not wait for the preflights and gateway responses that it has to contain.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
A stage of a REST API serves a *snapshot*, which an \`AWS::ApiGateway::Deployment\` takes when it is made. CloudFormation makes it as
early as it may: what it does not wait for may come after the snapshot, and is not served until something takes the next one. Everything
looks right in the console, and browsers still see the old API: "deploy twice".
`,
    remedy: `
Name the OPTIONS methods and gateway responses in \`DependsOn\` of the Deployment, and give it a new logical id whenever they change. The
Serverless Framework renews its Deployment with each deploy: let one of its methods wait, by
\`resources.extensions.<method>.DependsOn\`.
`,
    references: [
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-deployment.html',
      'https://github.com/serverless/serverless/issues/6210',
      'https://github.com/aws/aws-cdk/issues/10963',
    ],
  },
  messages: {
    races: {
      severity: 'warning',
      harm: 'broken',
      text: 'the stage may not serve {names}: the Deployment `{deployment}` does not wait for {pronoun}, so its snapshot may come first. Add {waited} to its `DependsOn`, and give the Deployment a new id when they change',
    },
    first: {
      severity: 'note',
      harm: 'broken',
      text: 'the first deploy may not serve {names}: the Deployment of the Serverless Framework does not wait for {pronoun}, and the next deploy mends that. To be sure, let a method wait: `resources.extensions.{method}.DependsOn: [{ids}]`',
    },
    beside: {
      severity: 'warning',
      harm: 'broken',
      text: 'the stage may not serve {names}: SAM makes the Deployment of `{api}` from the document of the API and waits for nothing beside it. Write {pronoun} into the document',
    },
    parameter: {
      severity: 'note',
      harm: 'broken',
      text: 'another value of {parameters} alone does not reach the stage: SAM makes a new Deployment when the text of the API changes, and that stays the same. Set `AlwaysDeploy: true` on `{api}`',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Errors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" }
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: [Errors], Properties: { RestApiId: !Ref Api } }
`,
      },
    ],
  },
  check: {
    *deployment(deployment, { model }) {
      const { at, name, waitsFor, generated, ofDocument } = deployment;
      const api = model.apis.find((one) => one.target === 'rest' && one.name === deployment.api);
      const late = api ? [...madePartsOf(api)].filter((part) => !waitsFor.some((one) => `${part.name}/`.startsWith(`${one}/`))) : [];
      if (api && ofDocument) yield* kept(ofDocument.parameters, api);
      if (late.length === 0 || !api) return;
      const told = { names: listed(late.map((part) => `\`${part.name}\``)), pronoun: late.length === 1 ? 'it' : 'them' };
      const verdict = all(api.exists, any(...late.map(({ exists }) => exists)));
      if (ofDocument) {
        yield { verdict, messageId: 'beside', data: { ...told, api: api.name }, at: late[0]?.at ?? at };
        return;
      }
      if (!generated) {
        // A nested stack is waited for as a whole: nobody outside can name what is in it.
        const stacks = new Set(late.map((part) => part.name.split('/')[0] ?? part.name));
        const waited = late.some((part) => part.name.includes('/')) ? listed([...stacks].map((one) => `\`${one}\``)) : told.pronoun;
        yield { verdict, messageId: 'races', data: { ...told, waited, deployment: name }, at };
        return;
      }
      const data = { ...told, method: waitsFor[0] ?? '<method>', ids: late.map((part) => part.name).join(', ') };
      const related = late.slice(1).map((part) => ({ at: part.at, text: 'nor for this' }));
      yield { verdict, messageId: 'first', data, at: late[0]?.at ?? at, related };
    },
  },
});

/** What an API takes from parameters stays in its stages as it was. */
function* kept(parameters: readonly Named[], api: Api) {
  const [first] = parameters;
  if (!first) return;
  const names = listed(parameters.map(({ name }) => `\`${name}\``));
  yield { verdict: api.exists, messageId: 'parameter' as const, data: { parameters: names, api: api.name }, at: first.at };
}
