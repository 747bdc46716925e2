import { type Gives, type Library } from './library.ts';

/** Packages whose middlewares of Express set no header of CORS and let requests pass. */
const PASSING = [
  'body-parser',
  'cookie-parser',
  'cookie-session',
  'express-session',
  'express-validator',
  'helmet',
  'method-override',
  'morgan',
  'multer',
  'response-time',
  /^(?:aws-serverless-express|@vendia\/serverless-express|@codegenie\/serverless-express)\/(?:src\/)?middleware(?:\.js)?$/,
];

/**
 * The libraries that answer for handlers. One row each: what code imports, where its authors say what it answers, and the file that
 * says it to the walk through the code. Each has a fixture in `fixtures/handlers/libraries`.
 */
export const LIBRARIES: readonly Library[] = [
  {
    imports: ['express'],
    documentation: 'https://expressjs.com/en/guide/error-handling.html',
    load: async () => (await import('./express.ts')).express(),
  },
  {
    imports: ['cors'],
    documentation: 'https://expressjs.com/en/resources/middleware/cors.html',
    load: async () => (await import('./cors.ts')).cors(),
  },
  {
    imports: ['serverless-http'],
    documentation: 'https://github.com/dougmoscrop/serverless-http/blob/master/docs/ADVANCED.md',
    load: async () => (await import('./serverless-http.ts')).serverlessHttp(),
  },
  {
    imports: ['@vendia/serverless-express', '@codegenie/serverless-express'],
    documentation: 'https://github.com/CodeGenieApp/serverless-express#readme',
    load: async () => (await import('./serverless-http.ts')).serverlessExpress(),
  },
  {
    imports: ['aws-serverless-express'],
    documentation: 'https://www.npmjs.com/package/aws-serverless-express',
    load: async () => (await import('./serverless-http.ts')).awsServerlessExpress(),
  },
  {
    imports: ['@middy/core'],
    documentation: 'https://middy.js.org/docs/intro/how-it-works',
    load: async () => (await import('./middy.ts')).middy(),
  },
  {
    imports: ['@middy/http-cors'],
    documentation: 'https://middy.js.org/docs/middlewares/http-cors',
    load: async () => (await import('./middy-cors.ts')).middyCors(),
  },
  {
    imports: ['@middy/http-error-handler'],
    documentation: 'https://middy.js.org/docs/middlewares/http-error-handler',
    load: async () => (await import('./middy-errors.ts')).errorHandler(),
  },
  {
    imports: [/^@middy\/(?:http-(?:json|urlencode|multipart)[\w-]*|http-content-negotiation|validator)$/],
    documentation: 'https://middy.js.org/docs/middlewares/http-json-body-parser',
    load: async () => (await import('./middy-errors.ts')).refusing(),
  },
  {
    imports: [
      /^@middy\/(?:do-not-wait-for-empty-event-loop|error-logger|http-event-normalizer|http-header-normalizer|http-response-serializer|http-security-headers|input-output-logger|warmup)$/,
      /^@aws-lambda-powertools\/(?:logger|metrics|tracer)\/middleware$/,
    ],
    documentation: 'https://middy.js.org/docs/middlewares/intro',
    load: async () => (await import('./middy-errors.ts')).quiet(),
  },
  {
    imports: ['http-errors', '@middy/util'],
    documentation: 'https://github.com/jshttp/http-errors#readme',
    load: async () => (await import('./middy-errors.ts')).httpErrors(),
  },
  {
    imports: ['hono', 'hono/quick', 'hono/tiny'],
    documentation: 'https://hono.dev/docs/api/hono',
    load: async () => (await import('./hono.ts')).hono(),
  },
  {
    imports: ['hono/aws-lambda', '@hono/aws-lambda'],
    documentation: 'https://hono.dev/docs/getting-started/aws-lambda',
    load: async () => (await import('./hono.ts')).honoLambda(),
  },
  {
    imports: ['hono/cors'],
    documentation: 'https://hono.dev/docs/middleware/builtin/cors',
    load: async () => (await import('./hono-cors.ts')).honoCors(),
  },
  {
    imports: ['hono/http-exception'],
    documentation: 'https://hono.dev/docs/api/exception',
    load: async () => (await import('./hono-cors.ts')).honoException(),
  },
  {
    imports: [/^hono\/(?:logger|pretty-json|request-id|timing|powered-by|secure-headers|context-storage)$/],
    documentation: 'https://hono.dev/docs/guides/middleware',
    load: async () => (await import('./hono-cors.ts')).honoQuiet(),
  },
  {
    imports: [/^hono\/(?:basic-auth|bearer-auth|jwt|jwk|csrf)$/],
    documentation: 'https://hono.dev/docs/middleware/builtin/bearer-auth',
    load: async () => (await import('./hono-cors.ts')).honoRefusing(),
  },
  {
    imports: ['fastify'],
    documentation: 'https://fastify.dev/docs/latest/Reference/Lifecycle/',
    load: async () => (await import('./fastify.ts')).fastify(),
  },
  {
    imports: ['@fastify/cors'],
    documentation: 'https://github.com/fastify/fastify-cors#readme',
    load: async () => (await import('./fastify-cors.ts')).fastifyCors(),
  },
  {
    imports: ['@fastify/aws-lambda'],
    documentation: 'https://github.com/fastify/aws-lambda-fastify#readme',
    load: async () => (await import('./fastify.ts')).fastifyLambda(),
  },
  {
    imports: ['fastify-plugin'],
    documentation: 'https://fastify.dev/docs/latest/Reference/Plugins/',
    load: async () => (await import('./fastify.ts')).fastifyPlugin(),
  },
  {
    imports: [/^@fastify\/(?:auth|autoload|cookie|env|formbody|helmet|jwt|multipart|sensible|session|swagger|swagger-ui)$/],
    documentation: 'https://fastify.dev/ecosystem/',
    load: async () => (await import('./fastify.ts')).fastifyQuiet(),
  },
  {
    imports: ['lambda-api'],
    documentation: 'https://github.com/jeremydaly/lambda-api#corsoptions',
    load: async () => (await import('./lambda-api.ts')).lambdaApi(),
  },
  {
    imports: ['@nestjs/core'],
    documentation: 'https://docs.nestjs.com/security/cors',
    load: async () => (await import('./nest.ts')).nest(),
  },
  {
    imports: ['@nestjs/platform-express'],
    documentation: 'https://docs.nestjs.com/faq/serverless',
    load: async () => (await import('./nest.ts')).nestExpress(),
  },
  {
    imports: [/^@aws-lambda-powertools\/event-handler\/(?:http|experimental-rest)$/],
    documentation: 'https://docs.powertools.aws.dev/lambda/typescript/latest/features/event-handler/http/#cors',
    load: async () => (await import('./powertools-http.ts')).powertoolsHttp(),
  },
  {
    imports: [/^@aws-lambda-powertools\/event-handler\/(?:http|experimental-rest)\/middleware$/],
    documentation: 'https://docs.powertools.aws.dev/lambda/typescript/latest/features/event-handler/http/#cors',
    load: async () => (await import('./powertools-http.ts')).powertoolsMiddleware(),
  },
  {
    imports: PASSING,
    documentation: 'https://expressjs.com/en/resources/middleware.html',
    load: async () => (await import('./passing.ts')).passes(),
  },
];

/** Those of Python. */
export const PYTHON: readonly Library[] = [
  {
    imports: ['chalice', 'chalice.app'],
    documentation: 'https://aws.github.io/chalice/topics/views.html#cors-support',
    load: async () => (await import('./chalice.ts')).chalice(),
  },
  {
    imports: ['flask'],
    documentation: 'https://flask.palletsprojects.com/en/stable/api/#flask.Flask.after_request',
    load: async () => (await import('./flask.ts')).flask(),
  },
  {
    imports: [/^flask_cors(?:\.(?:extension|decorator))?$/],
    documentation: 'https://flask-cors.readthedocs.io/en/latest/configuration.html',
    load: async () => (await import('./flask.ts')).flaskCors(),
  },
  {
    imports: ['serverless_wsgi', 'awsgi', 'apig_wsgi'],
    documentation: 'https://github.com/logandk/serverless-wsgi#readme',
    load: async () => (await import('./flask.ts')).wsgi(),
  },
  {
    imports: [
      /^(?:fastapi|starlette)(?:\.(?:applications|routing|responses|exceptions|middleware|middleware\.(?:cors|gzip)|requests|status))?$/,
    ],
    documentation: 'https://www.starlette.io/middleware/#corsmiddleware',
    load: async () => (await import('./asgi.ts')).asgi(),
  },
  {
    imports: ['mangum'],
    documentation: 'https://mangum.fastapiexpert.com/http/',
    load: async () => (await import('./asgi.ts')).mangum(),
  },
  {
    imports: [/^aws_lambda_powertools\.event_handler(?:\.(?:api_gateway|exceptions|lambda_function_url|router))?$/],
    documentation: 'https://docs.powertools.aws.dev/lambda/python/latest/core/event_handler/api_gateway/#cors',
    load: async () => (await import('./powertools.ts')).powertools(),
  },
  {
    imports: [/^aws_lambda_powertools(?:\.(?:logging|metrics|tracing)(?:\.\w+)*|\.utilities\.(?:typing|parameters)(?:\.\w+)*)?$/],
    documentation: 'https://docs.powertools.aws.dev/lambda/python/latest/',
    load: async () => (await import('./powertools.ts')).powertoolsTools(),
  },
];

/** The row for a specifier. */
const libraryOf = (specifier: string, python: boolean): Library | undefined =>
  (python ? PYTHON : LIBRARIES).find(({ imports }) =>
    imports.some((one) => (typeof one === 'string' ? one === specifier : one.test(specifier))),
  );

/** What is known of these specifiers, loaded. */
export async function loaded(specifiers: Iterable<string>, python: boolean): Promise<ReadonlyMap<string, Gives>> {
  const rows = [...specifiers].flatMap((specifier) => {
    const library = libraryOf(specifier, python);
    return library ? [{ specifier, library }] : [];
  });
  return new Map(await Promise.all(rows.map(async ({ specifier, library }) => [specifier, await library.load()] as const)));
}
