import type { Rule } from '../rule.ts';

/** What there is to say of one kind of difference: as of a rule, but that two deployments are held against each other. */
export type Kind = Pick<Rule, 'meta' | 'messages'>;

const since = '0.1.0';
const preset = 'recommended';

const DEPLOYMENTS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html';
const REPLACEMENT =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html#update-replacement';
const PROTOCOL = 'https://fetch.spec.whatwg.org/#http-cors-protocol';
const CREDENTIALS = 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials';

/** Every kind of difference, in the order in which they are told: what breaks, what is let in, what is good to know. */
export const KINDS = [
  {
    meta: {
      id: 'diff-api-replaced',
      summary: 'An API is made anew, and gets another id and another address.',
      since,
      preset,
      why: `
CloudFormation knows a resource by its logical id. Where that changes (a renamed construct or resource), or a property that cannot be
updated in place, it makes another API and deletes the old one. With the old one go its id, its \`execute-api\` or \`lambda-url\` address,
and whatever was set by hand in the console: gateway responses, stage settings, links to domains, usage plans and firewalls. Policies,
distributions and pages that spell the old id out point to nothing, and in a browser that looks like CORS.
`,
      remedy: `
Keep the old logical id (\`overrideLogicalId\` in the CDK), or move the resource by a
[stack refactoring](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-refactoring.html). If it has to be another API,
put both behind a custom domain, move the callers, and delete the old one in a later deploy.
`,
      references: [REPLACEMENT, 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-restapi.html'],
    },
    messages: {
      renamed: {
        severity: 'error',
        harm: 'broken',
        text: '{before} is deleted, and {name} is made, with another id and another {address}. Pages that call the old one reach nothing{lost}{spelt}',
      },
      updated: {
        severity: 'error',
        harm: 'broken',
        text: '{name} is made anew, since {property} cannot be changed in place: it gets another id and another {address}. Pages that call the old one reach nothing{lost}{spelt}',
      },
    },
  },
  {
    meta: {
      id: 'diff-api-removed',
      summary: 'An API is deleted, and nothing takes its place.',
      since,
      preset,
      why: `
With an API go its id and its address. A page that still calls it gets no answer at all, or one from API Gateway without any CORS
header, which browsers report as a CORS error.
`,
      remedy: `
Move the callers first. If the API went by accident (a condition, a renamed file, a stack that is no longer part of the app), keep it.
`,
      references: [REPLACEMENT],
    },
    messages: {
      removed: {
        severity: 'error',
        harm: 'broken',
        text: '{name} is deleted, and with it its {address}: pages that call it reach nothing{spelt}',
      },
    },
  },
  {
    meta: {
      id: 'diff-not-live',
      summary: 'What a REST API answers to browsers changes, and its stage goes on serving the old answers.',
      since,
      preset,
      why: `
A stage of a REST API serves a *snapshot*, which an \`AWS::ApiGateway::Deployment\` takes once, when it is made. Methods, integration
responses and gateway responses that change later are in the API and in the console, but not served, until something makes another
Deployment: "deploy twice". CloudFormation makes one only where its logical id changes. The CDK and SAM put a hash into that id, which
misses some changes: overrides and L1 constructs of the CDK; for SAM the value of a parameter or of a mapping that its API refers to.
`,
      remedy: `
CloudFormation: give the Deployment another logical id whenever something changes, and name it in the Stage. SAM: \`AlwaysDeploy: true\` on
the API. CDK: change the L2 construct in place of its L1, or call \`api.latestDeployment.addToLogicalId(…)\` with what changes. At once:
\`aws apigateway create-deployment --rest-api-id <id> --stage-name <stage>\`.
`,
      references: [
        DEPLOYMENTS,
        'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-deployment.html',
        'https://github.com/aws/aws-cdk/issues/10963',
      ],
    },
    messages: {
      stale: {
        severity: 'error',
        harm: 'broken',
        text: 'the stage of {name} goes on serving the old {parts}: this changes in the API, and no new Deployment is made that would take it over. {remedy}',
      },
      parameter: {
        severity: 'warning',
        harm: 'broken',
        text: 'if the deploy takes the new default of {parameters}, the stage of {name} goes on serving the old {parts}: no new Deployment is made for a value that changes. {remedy}',
      },
      'by-hand': {
        severity: 'warning',
        harm: 'broken',
        text: 'nothing in the template makes a Deployment of {name}: until you make one, its stages go on serving the old {parts}',
      },
    },
  },
  {
    meta: {
      id: 'diff-responses-dropped',
      summary: 'An OpenAPI document is imported anew, and with that the gateway responses beside it may go.',
      since,
      preset,
      why: `
An update of a REST API that is defined by an OpenAPI document overwrites the API with the document. Gateway responses that are resources
of their own are not in it, and CloudFormation does not make them again, since *they* did not change: errors lose their CORS headers.
`,
      remedy: `
Write the gateway responses into the document (\`x-amazon-apigateway-gateway-responses\`), or set \`Mode: merge\` on the API.
`,
      references: ['https://github.com/aws/aws-cdk/issues/28652', DEPLOYMENTS],
    },
    messages: {
      dropped: {
        severity: 'warning',
        harm: 'broken',
        text: 'the OpenAPI document of {name} changes, and importing it again may drop what stands beside it and stays as it is: {names}. Then errors reach pages without CORS headers',
      },
    },
  },
  {
    meta: {
      id: 'diff-cors-lost',
      summary: 'An endpoint that pages can call today refuses all of them afterwards.',
      since,
      preset,
      why: `
Before, the preflight of this endpoint (or its answer, where no preflight is needed) passed for some page; afterwards it passes for none.
`,
      remedy: `
Put the CORS settings back, or leave the endpoint to callers that are no browsers. \`cors-lint simulate\` shows the request step by step.
`,
      references: [PROTOCOL],
    },
    messages: {
      preflight: {
        severity: 'error',
        harm: 'broken',
        text: '{later}{subjects} {lose} CORS: the preflight fails for every page, since {why}',
      },
      answer: { severity: 'error', harm: 'broken', text: '{later}{subjects} {lose} CORS: no page can read {answer}, since {why}' },
      settings: {
        severity: 'error',
        harm: 'broken',
        text: '{later}{name} loses its CORS settings: no preflight of its routes, wherever they are defined, passes any more unless code answers it',
      },
    },
  },
  {
    meta: {
      id: 'diff-blocked',
      summary: 'A request that passes in browsers today is blocked afterwards.',
      since,
      preset,
      why: `
The request is made to both versions, from each origin that either of them lets in, with the headers that the old preflight allows, with
and without cookies. What passed before and is blocked after is told here; an origin that a config (\`clients\`) or \`--origin\` names is
asked from as well. Where only pages that nobody has named lose access (\`*\` becomes a list), it is a warning.
`,
      remedy: `
If it is wanted, move those pages first. If not, allow again what is named: the origin, the method, the header, the credentials.
`,
      references: [PROTOCOL, 'https://fetch.spec.whatwg.org/#cors-preflight-fetch'],
    },
    messages: {
      preflight: { severity: 'error', harm: 'broken', text: '{later}{pages} can no longer call {subjects}: {why}' },
      answer: { severity: 'error', harm: 'broken', text: '{later}{pages} can no longer read {answer} of {subjects}: {why}' },
      others: { severity: 'warning', harm: 'broken', text: '{later}pages of other sites{cookies} can no longer {what}: {why}' },
    },
  },
  {
    meta: {
      id: 'diff-endpoint-removed',
      summary: 'A path or method that pages can call today is gone afterwards.',
      since,
      preset,
      why: `
API Gateway refuses what no route takes (403 on REST APIs, 404 on HTTP APIs). Its answer has no CORS headers unless a gateway response says
so, and then the page sees a CORS error in place of the status.
`,
      remedy: 'Move the callers first, or keep the endpoint for as long as old pages are open.',
      references: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html'],
    },
    messages: {
      gone: { severity: 'warning', harm: 'broken', text: '{later}no route takes {subjects} any more: {pages} that call it are refused' },
    },
  },
  {
    meta: {
      id: 'diff-opened',
      summary: 'A request that browsers block today passes afterwards.',
      since,
      preset,
      why: `
What a browser refused to pages of an origin, it lets through. Where that is every origin, pages of strangers can call the API in the name of
whoever looks at them; where cookies are sent along as well, they act with that visitor's session.
`,
      remedy: `
If the API is meant to be public, all is well, as long as nothing hangs on cookies. Else name the origins of your own pages.
`,
      references: [CREDENTIALS, 'https://portswigger.net/web-security/cors'],
    },
    messages: {
      credentials: {
        severity: 'error',
        harm: 'exposed',
        text: "{later}pages of every site {may} {subjects} with their visitors' cookies, which browsers refused before",
      },
      anyone: { severity: 'warning', harm: 'exposed', text: '{later}pages of every site {may} {subjects}, which browsers refused before' },
      errors: { severity: 'note', harm: 'untidy', text: '{later}{pages} {may} {subjects}, which browsers kept from them before' },
      origins: { severity: 'note', harm: 'exposed', text: '{later}{pages} {may} {subjects}, which browsers refused before' },
    },
  },
  {
    meta: {
      id: 'diff-cors-gained',
      summary: 'An endpoint that refuses every page today can be called by some afterwards.',
      since,
      preset,
      why: 'Before, no page could call it; now those can that are named. It is told so that a reviewer sees what becomes reachable.',
      remedy: 'Nothing, if that is what the change is for.',
      references: [PROTOCOL],
    },
    messages: {
      gained: { severity: 'note', harm: 'exposed', text: '{later}{subjects} {gain} CORS: {pages} can call {them}' },
      settings: {
        severity: 'note',
        harm: 'exposed',
        text: '{later}{name} gains CORS settings, for all of its routes, wherever they are defined',
      },
    },
  },
] as const satisfies readonly Kind[];

type Kinds = (typeof KINDS)[number];
export type KindId = Kinds['meta']['id'];
/** 'diff-blocked/others': a message of a kind. */
export type MessageOf<K extends KindId> = keyof Extract<Kinds, { readonly meta: { readonly id: K } }>['messages'] & string;
