import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { CWD, project } from './doubles.ts';

async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const environment = {
    argv,
    cwd: CWD,
    env: {},
    io: project(files),
    stdout: (text: string) => void (said.out += text),
    stderr: (text: string) => void (said.err += text),
    stdin: () => new Uint8Array(),
    writeFile: () => undefined,
    stdoutIsTerminal: () => false,
    columns: () => undefined,
  };
  return { code: await main(environment), ...said };
}

const FROM = "from origin 'https://app.example.com' has been blocked by CORS policy: ";
const SERVICE = `service: shop
provider:
  name: aws
functions:
  list:
    handler: a.b
    events:
      - http: { path: items, method: put }
  other:
    handler: a.b
    events:
      - http: { path: orders, method: delete }
  with:
    handler: a.b
    events:
      - http: { path: users, method: put, cors: true }
`;

describe('explain "message"', () => {
  it('says what it means, which rules to look at, and where in the project', async () => {
    const message = `Access to fetch at 'https://x.execute-api.eu-west-1.amazonaws.com/dev/items' ${FROM}Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    const { code, out } = await run(['explain', message, 'serverless.yml'], { 'serverless.yml': SERVICE });
    expect(code).toBe(0);
    expect(out).toContain('Chromium says this: preflight-acao-missing\n  the page: https://app.example.com\n');
    expect(out).toContain('serverless.yml:8:9  ');
    expect(out).toContain('missing-cors\n');
    expect(out).not.toContain('serverless.yml:12');
    // The method is that of the route; the stage is not part of its path.
    expect(out).toContain('The simulator comes to the same:\n\nPUT /items from a page of https://app.example.com (to ');
    expect(out).toContain('/dev in the address is taken for the stage or a base path');
    expect(out).toContain('With cookies it is the same.');
  });

  it('simulates a request that the message tells whole', async () => {
    const message = `Access to fetch at 'https://api.example.com/items' ${FROM}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`;
    const { out } = await run(['explain', message, '.'], { 'serverless.yml': SERVICE });
    expect(out).toContain('The simulator does not come to that: ');
    expect(out).toContain('PUT /items from');
  });

  it('tries it with cookies and without, as far as the message leaves it open', async () => {
    const service = SERVICE.replace('cors: true', "cors: { origin: 'https://app.example.com' }");
    const explained = async (said: string): Promise<string> =>
      (await run(['explain', `Access to fetch at 'https://api.example.com/v1/users' ${FROM}${said}`, '.'], { 'serverless.yml': service }))
        .out;
    const ofCookies = await explained(
      "Response to preflight request doesn't pass access control check: The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
    );
    expect(ofCookies).toContain(
      'The simulator comes to the same:\n\nPUT /users from a page of https://app.example.com, with credentials (to ',
    );
    const ofHeader = await explained('Request header field x-tenant is not allowed by Access-Control-Allow-Headers in preflight response.');
    expect(ofHeader).toContain("That is so only if the page does not send cookies (credentials: 'include').");
  });

  it('says so where the address is of no route here', async () => {
    const message = `Access to fetch at 'https://api.example.com/nothing' ${FROM}No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    const { out } = await run(['explain', message, '.'], { 'serverless.yml': SERVICE });
    expect(out).toContain('No route here takes /nothing or /: the address is of an API that is not in these files.');
  });

  it('finds what is about the whole API that has the path, and about no other API', async () => {
    const missing = `${FROM}No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    const files = {
      'shop/serverless.yml': SERVICE,
      'blog/serverless.yml': `service: blog
provider: { name: aws }
functions:
  show: { handler: a.b, events: [{ http: { path: posts, method: get, cors: true } }] }
`,
    };
    const placesOf = async (path: string): Promise<readonly string[]> =>
      (await run(['explain', `Access to fetch at 'https://api.example.com${path}' ${missing}`, '.'], files)).out.match(
        /^ {2}\S+:\d+:\d+(?=.* missing-gateway-response-cors$)/gm,
      ) ?? [];
    expect(await placesOf('/users')).toEqual(['  shop/serverless.yml:8:9']);
    expect(await placesOf('/posts')).toEqual(['  blog/serverless.yml:4:36']);
    expect(await placesOf('/nothing')).toEqual([]);
  });

  it('does not say of a project without an API that all is well in it', async () => {
    const { out } = await run(['explain', 'Preflight response is not successful. Status code: 403', 'pod.yml'], { 'pod.yml': 'kind: Pod' });
    expect(out).toContain('There is no API here that a page could call.');
    expect(out).not.toContain('none of these rules');
  });

  it('says what the short name of a refusal in the table means', async () => {
    const { code, out } = await run(['explain', 'preflight-acao-missing']);
    expect(code).toBe(0);
    expect(out).toContain('The browser blocks the call: preflight-acao-missing\n\nBefore the request the browser asked with OPTIONS');
    expect(out).toContain('What to do: Turn CORS on for this path');
    const table = await run(['simulate', 'serverless.yml'], { 'serverless.yml': SERVICE });
    expect(table.out).toMatch(/\n✔ passes .*\nWhy, and what to do: cors-lint explain preflight-acao-missing\n$/);
    expect((await run(['explain', 'method-not-allowed'])).out).toContain(
      'A path has a PUT, PATCH or DELETE that its preflight does not allow.',
    );
    expect(await run(['explain', 'acao-mising'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no rule "acao-mising"'),
    });
  });

  it('needs no project, and marks what was not run', async () => {
    const { code, out } = await run(['explain', 'Preflight response is not successful. Status code: 403']);
    expect(code).toBe(0);
    expect(out).toContain("Safari says this (from WebKit's source, not run): preflight-status or preflight-redirect");
    expect(out).not.toContain('In this project');
  });

  it('says where the real message is', async () =>
    expect((await run(['explain', 'TypeError: Failed to fetch'])).out).toContain('says nothing about the cause'));

  it('does not guess at what it does not know', async () => {
    const { code, out, err } = await run(['explain', 'Access-Control-Allow-Methods was \u001B[31m parsed badly']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('that is no message of a browser about CORS that cors-lint knows; it most resembles ');
    expect(err).toContain('Cannot parse Access-Control-Allow-Methods');
  });
});
