import { bareAnswersOf, isMeantForPages } from '../src/model/code-queries.ts';
import { isMute, isMuteBesides, muteAmong, noneSpeaks, openAmong, reachesPages, readEndpoints } from '../src/model/mute.ts';
import { CALLED_BY_OTHERS, isCalledByOthers, shownStatus } from '../src/model/names.ts';
import { defineRule } from '../src/rule.ts';
import { all, not } from '../src/value/verdict.ts';

/** Whether it is well is for the code to say. */
const SERVICE = `
service: shop
provider: { name: aws, runtime: nodejs22.x }
functions: { orders: { handler: orders.handler, events: [{ http: { path: orders, method: get, cors: true } }] } }
`;

export default defineRule({
  meta: {
    id: 'missing-handler-cors',
    summary: 'A function answers without Access-Control-Allow-Origin, and nothing adds it.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
\`cors: true\`, SAM's \`Cors\` and the CDK's \`defaultCorsPreflightOptions\` answer the *preflight*. What comes after it is your function's own
answer, and a proxy integration of a REST API adds nothing to it: without \`Access-Control-Allow-Origin\` the browser hides it from the page,
whatever its status. Often only the errors lack it, and then the page sees "CORS error" in place of the 400 that would tell what is wrong.
`,
    remedy: `
Answer through one helper (or a middleware) that sets \`Access-Control-Allow-Origin\`, also in \`catch\` and before every early \`return\`. Or move
to an HTTP API with \`CorsConfiguration\`, which adds the headers to all answers. What no page calls is named in the option \`ignore\`.
`,
    references: [
      'https://fetch.spec.whatwg.org/#cors-check',
      'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html#apigateway-enable-cors-proxy',
    ],
  },
  messages: {
    service: {
      severity: 'error',
      harm: 'broken',
      text: 'no function here sends Access-Control-Allow-Origin: pages of other sites pass the preflights of {endpoints}, and can read none of the answers. Send it on each of them, errors too',
    },
    never: {
      severity: 'error',
      harm: 'broken',
      text: 'this function never sends Access-Control-Allow-Origin, and nothing adds it: pages of other sites pass the preflight of {subjects}, and can read no answer. Send it on each, errors too',
    },
    unread: {
      severity: 'warning',
      harm: 'broken',
      text: 'whether the answers of {endpoints} have Access-Control-Allow-Origin is for their code to say, which could not be followed to its end: nothing else adds it',
    },
    bare: {
      severity: 'warning',
      harm: 'broken',
      text: 'pages of other sites see a CORS error in place of this {answer} of {subjects}: it has no Access-Control-Allow-Origin, and nothing adds it. Send it here too',
    },
  },
  options: { ignore: CALLED_BY_OTHERS },
  examples: {
    bad: [
      {
        as: 'serverless',
        code: SERVICE,
        files: { 'orders.js': "exports.handler = async () => ({ statusCode: 200, body: '[]' });\n" },
      },
    ],
    good: [
      {
        as: 'serverless',
        code: SERVICE,
        files: { 'orders.js': "exports.handler = async () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*' } });\n" },
      },
    ],
  },
  check: {
    *api(api, { model }, { ignore }) {
      const read = readEndpoints(api, ignore);
      if (read.length === 0) return;
      const [open, mute] = [openAmong(read), muteAmong(read)];
      yield { verdict: all(reachesPages(api, model), open.isSo), messageId: 'unread', data: { endpoints: open.names }, at: api.at };
      const together = all(reachesPages(api, model), mute.isSo);
      if (noneSpeaks(read)) yield { verdict: together, messageId: 'service', data: { endpoints: mute.names }, at: api.at };
    },
    *endpoint(endpoint, { api, resource, model }, { ignore }) {
      const { code } = endpoint;
      if (!code || isCalledByOthers(endpoint, resource, ignore)) return;
      const related = [{ at: endpoint.at, text: 'this endpoint is answered by it' }];
      // Where no function of an API knows of CORS that is told once.
      const apart = noneSpeaks(readEndpoints(api, ignore)) ? [] : code.readings;
      for (const { code: one, isSo } of apart)
        yield { verdict: all(reachesPages(api, model), isSo, isMute(endpoint, resource)), messageId: 'never', at: one.at, related };
      const meant = all(reachesPages(api, model), isMeantForPages(resource));
      // What all of them lack is told of the function.
      for (const { response, isBare } of bareAnswersOf(endpoint))
        yield {
          verdict: all(meant, isBare, not(isMuteBesides(endpoint, resource, response))),
          messageId: 'bare',
          data: { answer: shownStatus(response) },
          at: response.at,
          related,
        };
    },
  },
});
