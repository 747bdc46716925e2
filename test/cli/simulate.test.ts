import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../../src/lint.ts';
import { run } from './doubles.ts';

const SHOP = `service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: ['https://shop.example.com'], allowedMethods: [GET, PUT], allowedHeaders: [Content-Type] } } }
functions:
  cart:
    handler: cart.handler
    events:
      - httpApi: GET /cart
      - httpApi: PUT /cart/{id}
`;
const simulate = (...argv: string[]): ReturnType<typeof run> =>
  run(['simulate', 'serverless.yml', ...argv], { 'serverless.yml': SHOP }, {}, SHIPPED);

describe('one request', () => {
  it('is told step by step, and passes', async () => {
    const { stdout, code } = await simulate(
      '--origin',
      'https://shop.example.com',
      '--request',
      'PUT /cart/1',
      '--header',
      'content-type:application/json',
    );
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      '',
      'PUT /cart/1 from a page of https://shop.example.com (to HttpApi, HTTP API of serverless.yml)',
      'it takes the route PUT /cart/{id} (serverless.yml:8:9)',
      'the browser asks first, because PUT is none of GET, HEAD and POST and "content-type: application/json" is a header that no plain form could send',
      'OPTIONS /cart/1',
      'Origin: https://shop.example.com',
      'Access-Control-Request-Method: PUT',
      'Access-Control-Request-Headers: content-type',
      "the API's own CORS answers 204",
      'Access-Control-Allow-Origin: https://shop.example.com',
      'Access-Control-Allow-Methods: GET,PUT',
      'Access-Control-Allow-Headers: Content-Type',
      '✔ preflight: the browser goes on and sends the request',
      '✔ success: the page can read it',
      "✔ handler's error: the page can read it",
      "? gateway's error: not known: AWS does not say which headers the errors of this service carry",
      '',
    ]);
    expect(code).toBe(0);
  });

  it('is blocked, with the reason and the place', async () => {
    const { stdout, code } = await simulate('--origin', 'https://shop.example.com', '--request', 'PUT /cart/1', '--header', 'x-tenant:7');
    expect(stdout).toContain(
      "✖ preflight: blocked (header-not-allowed) by what the API's own CORS answers\n      in the console: Request header field x-tenant is not allowed by Access-Control-Allow-Headers in preflight response.\n      see serverless.yml:2:",
    );
    expect(code).toBe(1);
  });

  it('that no route takes is not guessed at', async () => {
    const { stdout, code } = await simulate('--origin', 'https://shop.example.com', '--request', '/crat');
    expect(stdout).toContain('no route matches GET /crat; the nearest is GET /cart');
    // It says nothing of the browser: what was asked for is not there.
    expect(code).toBe(2);
  });

  it('may be given as the address that the page calls: with a stage, or a base path', async () => {
    for (const [address, left] of [
      ['https://abc123.execute-api.eu-west-1.amazonaws.com/prod/cart/1?x=1', '/prod'],
      ['https://abc123.execute-api.eu-west-1.amazonaws.com/cart/1', undefined],
      ['https://api.example.com/shop/v1/cart/1', '/shop/v1'],
      ['https://api.example.com/cart/1', undefined],
    ] as const) {
      const { stdout, code } = await simulate('--origin', 'https://shop.example.com', '--request', `put ${address}`);
      expect(stdout).toContain('it takes the route PUT /cart/{id}');
      if (left === undefined) expect(stdout).not.toContain('is taken for');
      else expect(stdout).toContain(`${left} in the address is taken for the stage or a base path`);
      expect(code).toBe(0);
    }
  });

  it('is made without the headers that no page may set', async () => {
    const { stdout, code } = await simulate('--origin', 'https://shop.example.com', '--request', 'GET /cart', '--header', 'Cookie: a=b');
    expect(stdout).toContain('the browser leaves out Cookie, which no page may set\n  the browser sends it at once');
    expect(code).toBe(0);
  });

  const PARTLY = `service: shop
provider: { name: aws, stage: dev, httpApi: { cors: true } }
params: { dev: { path: /cart }, prod: { path: /basket } }
functions: { cart: { handler: cart.handler, events: [{ httpApi: { method: get, path: '\${param:path}' } }] } }
`;

  it('that some stage has no route for is told so of that stage', async () => {
    const { stdout, code } = await run(['simulate', 'serverless.yml', '--request', '/cart'], { 'serverless.yml': PARTLY }, {}, SHIPPED);
    expect(stdout).toContain('when stage = dev)\n  it takes the route GET /cart');
    expect(stdout).toContain('when stage = prod)\n  no route matches GET /cart; the nearest is GET /basket');
    expect(code).toBe(1);
  });

  it('is of the one API that has a route; where none has, each says so once', async () => {
    const orders =
      'service: o\nprovider: { name: aws }\nfunctions: { f: { handler: h.f, events: [{ http: { path: orders, method: get, cors: true } }] } }\n';
    const files = { 'a/serverless.yml': SHOP, 'b/serverless.yml': orders };
    const asked = async (request: string): Promise<{ stdout: string; code: number }> =>
      run(['simulate', '.', '--request', request], files, {}, SHIPPED);
    const { stdout } = await asked('/orders');
    expect(stdout).toContain('of b/serverless.yml');
    expect(stdout).not.toContain('no route');
    const neither = await asked('/nothing');
    expect(neither.stdout.match(/no route matches GET \/nothing; the nearest is GET \/\w+/g)).toHaveLength(2);
    expect(neither.code).toBe(2);
  });

  it('is told in JSON and Markdown too', async () => {
    const { stdout } = await simulate('--origin', 'https://a.example', '--request', 'GET /cart', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject([
      {
        api: 'HttpApi',
        route: 'GET /cart',
        preflighted: false,
        answers: [{ kind: 'preflight' }, { kind: 'success', verdict: 'blocked', reason: 'acao-missing' }, {}, {}],
      },
    ]);
    expect((await simulate('--origin', 'https://a.example', '--request', 'GET /cart', '--format', 'markdown')).stdout).toMatch(
      /^## cors-lint: what the browser does\n\n```text\n/,
    );
  });

  it('is not known where code answers', async () => {
    const rest =
      'service: s\nprovider: { name: aws }\nfunctions: { f: { handler: h.f, events: [{ http: { path: a, method: get, cors: true } }] } }\n';
    const { code } = await run(
      ['simulate', 'serverless.yml', '--origin', 'https://a.example', '--request', 'GET /a'],
      { 'serverless.yml': rest },
      {},
      SHIPPED,
    );
    expect(code).toBe(4);
  });
});

describe('all requests', () => {
  it('are a table of the answers, for each origin that is let in', async () => {
    const { stdout, code } = await simulate();
    expect(
      stdout
        .split('\n')
        .slice(1, 7)
        .map((line) => line.trim().replaceAll(/ {2,}/g, ' | ')),
    ).toEqual([
      'HttpApi, HTTP API of serverless.yml',
      "endpoint | page | preflight | success | handler's error | gateway's error | when",
      'GET /cart | https://shop.example.com | – | ✔ | ✔ | ?',
      'PUT /cart/{id} | https://shop.example.com | ✔ | ✔ | ✔ | ?',
      '? AWS does not say which headers the errors of this service carry (2 times)',
      '',
    ]);
    expect(code).toBe(4);
  });

  it('are asked with the headers and the cookies that are given', async () => {
    expect((await simulate('--header', 'x-tenant: 7')).stdout).toMatch(/GET \/cart .* ✖ header-not-allowed/);
    expect((await simulate('--credentials')).stdout).toMatch(/GET \/cart .*\(credentials\) .* ✖ acac-not-true/);
  });

  it('are told API by API, each with its file', async () => {
    const files = { 'a/serverless.yml': SHOP, 'b/serverless.yml': SHOP };
    const { stdout } = await run(['simulate', '.'], files, {}, SHIPPED);
    expect(
      stdout.match(/HttpApi, HTTP API of [ab]\/serverless\.yml\n {2}endpoint .*\n {2}GET \/cart .*\n {2}PUT \/cart\/\{id\} /g),
    ).toHaveLength(2);
    const markdown = await run(['simulate', '.', '--format', 'markdown'], files, {}, SHIPPED);
    expect(markdown.stdout).toContain('\n### HttpApi, HTTP API of b/serverless.yml\n\n| endpoint |');
    const json = JSON.parse((await run(['simulate', '.', '--format', 'json'], files, {}, SHIPPED)).stdout) as { file: string }[];
    expect(new Set(json.map(({ file }) => file.split(/[\\/]/).slice(-2).join('/')))).toEqual(
      new Set(['a/serverless.yml', 'b/serverless.yml']),
    );
  });

  it('leave out no endpoint, not even one whose path is not known', async () => {
    const unknown = SHOP.replace('GET /cart', "{ method: GET, path: '/${ssm:/path}' }");
    const { stdout, code } = await run(['simulate', 'serverless.yml'], { 'serverless.yml': unknown }, {}, SHIPPED);
    expect(stdout).toMatch(/some method of '\/\$\{ssm:\/path\}' +\? +\? +\? +\? +\?/);
    expect(stdout).toContain('? its path or its method is not known before deployment');
    expect(code).toBe(4);
  });

  it('for the origin that is given', async () => {
    const { stdout, code } = await simulate('--origin', 'https://evil.example/');
    expect(stdout).toContain('https://evil.example');
    expect(stdout).toContain('acao-missing');
    expect(code).toBe(1);
  });

  it('are a format of lint as well', async () => {
    const { stdout } = await run(['serverless.yml', '--format', 'table'], { 'serverless.yml': SHOP }, {}, SHIPPED);
    expect(stdout).toContain('PUT /cart/{id}  https://shop.example.com  ✔');
  });
});

describe("what the author's pages send, by the configuration", () => {
  const config = (clients: string): Record<string, string> => ({ 'serverless.yml': SHOP, 'cors-lint.config.yml': `clients: ${clients}\n` });

  it('is simulated too: an origin, a header, cookies', async () => {
    const rows = async (clients: string): Promise<string[]> => {
      const { stdout } = await run(['simulate', 'serverless.yml'], config(clients), {}, SHIPPED);
      return stdout
        .split('\n')
        .filter((line) => /^ {2}(?:GET|PUT) /.test(line))
        .map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));
    };
    expect(await rows('{ origins: [https://app.example.org] }')).toContain(
      'GET /cart | https://app.example.org | – | ✖ acao-missing | ✖ acao-missing | ?',
    );
    expect(await rows('{ headers: [X-Tenant] }')).toContain('GET /cart | https://shop.example.com | ✖ header-not-allowed | – | – | –');
    expect(await rows('{ credentials: true }')).toContain(
      'GET /cart | https://shop.example.com (credentials) | – | ✖ acac-not-true | ✖ acac-not-true | ?',
    );
  });
});

describe('wrong use is one sentence', () => {
  it.each([
    [['--origin', 'app.example.com'], '--origin app.example.com is not the origin of a page'],
    [['--request', 'PUT items'], '--request PUT items is no request'],
    [['--header', 'nonsense'], '--header nonsense is no header'],
    [['--header', 'x-name:中'], '--header x-name:中 is no header'],
    [['--request', 'trace /cart'], '--request trace /cart is none that a page can make'],
    [['--request', 'OPTIONS /cart'], '--request OPTIONS /cart is what browsers send by themselves'],
    [['--format', 'sarif'], 'cors-lint simulate has the formats'],
  ])('%j', async (argv, sentence) => {
    const { stderr, code } = await simulate(...argv);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });

  it('on another command', async () => {
    const { stderr, code } = await run(['serverless.yml', '--origin', 'https://a.example'], { 'serverless.yml': SHOP }, {}, SHIPPED);
    expect(stderr).toContain('--origin is for cors-lint simulate');
    expect(code).toBe(2);
  });
});

describe('a stage that is not there', () => {
  const STAGED = `service: shop
provider: { name: aws, httpApi: { cors: { allowedOrigins: ['\${param:origin}'] } } }
params: { dev: { origin: 'http://localhost:3000' }, prod: { origin: 'https://shop.example.com' } }
functions: { cart: { handler: cart.handler, events: [{ httpApi: GET /cart }] } }
`;
  const TEMPLATE = 'Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } } }\n';
  const told = async (files: Record<string, string>, ...argv: string[]): Promise<string> =>
    (await run(['simulate', ...Object.keys(files), ...argv], files, {}, SHIPPED)).stderr;

  it('is said, with those that there are', async () => {
    expect(await told({ 'serverless.yml': STAGED }, '--stage', 'prd')).toContain(
      'no stage "prd" is known to serverless.yml (did you mean prod?): there are dev, prod.',
    );
    expect(await told({ 'serverless.yml': STAGED }, '--stage', 'prod')).not.toContain('stage');
  });

  it('is said of templates, which have none', async () => {
    expect(await told({ 'template.yml': TEMPLATE }, '--stage', 'prod')).toContain('the stage "prod" changes nothing here');
    expect(await told({ 'serverless.yml': STAGED, 'template.yml': TEMPLATE }, '--stage', 'prod')).not.toContain('stage');
  });

  it('is not said where no stage is told from another', async () =>
    expect(await told({ 'serverless.yml': SHOP }, '--stage', 'mine')).not.toContain('stage'));
});

describe('code that a library answers for', () => {
  const files = {
    'serverless.yml': `service: shop
provider: { name: aws, runtime: nodejs22.x }
functions:
  all: { handler: app.handler, events: [{ http: { path: '{proxy+}', method: any } }] }
`,
    'package.json': '{ "dependencies": { "express": "^5.0.0" } }',
    'app.js': `const app = require('express')();
app.use(require('cors')({ origin: 'https://shop.example.com' }));
app.put('/cart/:id', (req, res) => res.json({}));
exports.handler = require('serverless-http')(app);
`,
  };
  const asked = ['--origin', 'https://shop.example.com', '--request', 'PUT /cart/1', '--header', 'x-tenant:a'];

  it('allows what the preflight asks for, whatever that is', async () => {
    const { stdout } = await run(['simulate', 'serverless.yml', ...asked], files, {}, SHIPPED);
    expect(stdout).toContain('Access-Control-Allow-Headers: x-tenant');
    expect(stdout).toContain('✔ preflight');
    expect(stdout).toContain('✔ success (200)');
  });
});
