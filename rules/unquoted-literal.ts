import type { Mapping } from '../src/model/api.ts';
import { shown } from '../src/model/names.ts';
import { quotedAs } from '../src/model/mappings.ts';
import { defineRule } from '../src/rule.ts';
import { isFilledIn, leaves, type Known, type Unknown } from '../src/value/value.ts';
import { judge, mayHold, type Truth } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 'unquoted-literal',
    summary: 'A header mapping holds plain text without the single quotes that API Gateway wants around it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
What stands in a header mapping of an integration or gateway response is an *expression*; plain text needs single quotes **inside** the
string. YAML hides that: \`'*'\` and \`"*"\` are both a bare \`*\`, and the deploy fails with "Invalid mapping expression specified: *".
`,
    remedy: `
Write \`"'*'"\`: double quotes for YAML or JSON, single quotes for API Gateway. With variables: \`!Sub "'https://\${Domain}'"\`.
`,
    references: [
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html',
      'https://github.com/aws/aws-cdk/issues/20274',
    ],
  },
  messages: {
    literal: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails with "Invalid mapping expression specified": `{value}` for {header} lacks the single quotes of a literal. Write {quoted}',
    },
    expression: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails with "Invalid mapping expression specified": {place} cannot read `{value}` for {header}. It takes a \'literal\', {roots}',
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
  ClientErrors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: '*'
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  ClientErrors:
    Type: AWS::ApiGateway::GatewayResponse
    Properties:
      RestApiId: !Ref Api
      ResponseType: DEFAULT_4XX
      ResponseParameters:
        gatewayresponse.header.Access-Control-Allow-Origin: "'*'"
`,
      },
    ],
  },
  check: {
    mapping: ({ header, place, raw }) =>
      [...new Set(leaves(raw))].flatMap((arm) => {
        const verdict = judge(raw, (other) => (other === arm ? broken(arm, header, place) : 'no'));
        if (!mayHold(verdict)) return [];
        const [suspicion, value, head = ''] = [{ verdict, at: arm.from }, shown(arm), piecesOf(arm)[0]];
        if (!ROOTS.some((root) => head?.startsWith(root))) {
          const data = { header, value, quoted: arm.kind === 'known' ? quotedAs(header, value) : `"'…'"` };
          return { ...suspicion, messageId: 'literal' as const, data };
        }
        const { name, roots } = PLACES[place];
        return { ...suspicion, messageId: 'expression' as const, data: { header, value, place: name, roots } };
      }),
  },
});

/** What the expressions of each place may be: R13 and R34. */
const PLACES = {
  'integration-response': {
    name: 'an integration response',
    roots: '`integration.response.header.…`, `stageVariables.…` or `context.…`',
    takes: /^(?:integration\.response\.(?:(?:multivalue)?header\.\S+|body\S*)|(?:stageVariables|context)\.\S+)$/,
  },
  'gateway-response': {
    name: 'a gateway response',
    roots: '`method.request.header.…`, `stageVariables.…` or `context.…`',
    takes: /^(?:method\.request\.\w+\.\S+|(?:stageVariables|context)\.\S+)$/,
  },
} as const satisfies Record<Mapping['place'], { name: string; roots: string; takes: RegExp }>;

const ROOTS = ['method.', 'integration.', 'context.', 'stageVariables.', '$context.', '$stageVariables.', '$input.'];

type Arm = Known<string> | Unknown<string>;
const piecesOf = (arm: Arm): readonly (string | null)[] => (arm.kind === 'known' ? [arm.value] : (arm.pieces ?? [null]));

function broken(arm: Arm, header: string, place: Mapping['place']): Truth {
  // What the framework writes deploys, its bare `true` for Allow-Credentials included; so does the same by hand.
  if (isFilledIn(arm.from)) return 'no';
  if (arm.kind === 'known' && ['true', 'false', ''].includes(arm.value) && /credentials$/i.test(header)) return 'no';
  const [head, tail] = [piecesOf(arm)[0], piecesOf(arm).at(-1)];
  if (head === null || head === undefined) return 'maybe';
  if (head.startsWith("'"))
    return tail === null ? 'maybe' : tail?.endsWith("'") && (arm.kind === 'unknown' || arm.value.length > 1) ? 'no' : 'yes';
  if (arm.kind === 'known') return arm.value === '' || (arm.value.includes('.') && PLACES[place].takes.test(arm.value)) ? 'no' : 'yes';
  return ROOTS.some((root) => head.startsWith(root) || root.startsWith(head)) ? 'maybe' : 'yes';
}
