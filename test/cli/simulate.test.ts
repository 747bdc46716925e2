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
      'PUT /cart/1 from a page of https://shop.example.com (to HttpApi)',
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
      "✖ preflight: blocked (header-not-allowed), by what the API's own CORS answers\n      it does not allow x-tenant\n      see serverless.yml:2:",
    );
    expect(code).toBe(1);
  });

  it('that no route takes is not guessed at', async () => {
    const { stdout, code } = await simulate('--origin', 'https://shop.example.com', '--request', '/crat');
    expect(stdout).toContain('no route matches GET /crat; the nearest is GET /cart');
    expect(code).toBe(1);
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
        .slice(1, 4)
        .map((line) => line.replaceAll(/ {2,}/g, ' | ')),
    ).toEqual([
      "endpoint | page | preflight | success | handler's error | gateway's error | when",
      'GET /cart | https://shop.example.com | – | ✔ | ✔ | ?',
      'PUT /cart/{id} | https://shop.example.com | ✔ | ✔ | ✔ | ?',
    ]);
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
        .filter((line) => /^(?:GET|PUT) /.test(line))
        .map((line) => line.replaceAll(/ {2,}/g, ' | '));
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
