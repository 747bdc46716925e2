import { describe, expect, it } from 'vitest';
import type { Api, Target } from '../../src/model/api.ts';
import { routeOf, samplesOf } from '../../src/simulate/routes.ts';
import { inEachWorld } from '../../src/simulate/worlds.ts';
import { api, endpoint, preflight, resource, unknown } from '../support/model.ts';

const of = (target: Target, ...routes: readonly string[]): Api =>
  api(
    routes.map((route) => {
      const [method = '', path = ''] = route.split(' ');
      return resource(path, [endpoint(method)], preflight('mock'));
    }),
    { target },
  );

function met(one: Api, request: string): string {
  const [method = '', path = ''] = request.split(' ');
  const [world] =
    inEachWorld((reader) => {
      const route = routeOf(one, method, path, reader);
      if (typeof route === 'string') return route;
      const pattern = reader.read(route.resource.path);
      return `${route.endpoint ? '' : 'no method at '}${pattern.kind === 'known' ? pattern.value : '?'}`;
    }) ?? [];
  return world?.result ?? 'nothing';
}

describe('a REST API', () => {
  const rest = of('rest', 'GET /items', 'GET /items/{id}', 'GET /items/new', 'ANY /{proxy+}', 'POST /pets');
  it.each([
    ['GET /items', '/items'],
    ['GET /items/', '/items'],
    ['GET /items/42', '/items/{id}'],
    ['GET /items/new', '/items/new'],
    ['GET /items?page=2', '/items'],
    ['GET /other/way', '/{proxy+}'],
    // Chosen by its path first: the sibling has no such method, and {proxy+} does not stand in (R22).
    ['GET /pets', 'no method at /pets'],
  ])('%s takes %s', (request, expected) => expect(met(rest, request)).toBe(expected));
  it('takes nothing at its root by {proxy+}', () => expect(met(rest, 'GET /')).toBe('nothing'));
});

describe('an HTTP API', () => {
  const http = of('http', 'GET /pets', 'ANY /{proxy+}', 'ANY $default');
  it.each([
    ['GET /pets', '/pets'],
    // Full match, then greedy, then $default, each with the method or ANY (H6).
    ['POST /pets', '/{proxy+}'],
    ['GET /', '$default'],
  ])('%s takes %s', (request, expected) => expect(met(http, request)).toBe(expected));
});

it('a function URL takes every path', () => expect(met(of('url', 'ANY /'), 'PUT /any/way')).toBe('/'));

it('what may be the path leaves it open', () => {
  const one = api([resource(unknown('/${x}'), [endpoint('GET')])]);
  expect(met(one, 'GET /items')).toBe('open');
  expect(met(api([], { imported: true }), 'GET /items')).toBe('open');
});

it('a pattern is tried with a path that it takes', () => {
  expect(samplesOf('/items')).toEqual(['/items']);
  expect(samplesOf('/items/{id}')).toEqual(['/items/id', '/items/any']);
  expect(samplesOf('/{proxy+}')).toEqual(['/proxy', '/any', '/any/any']);
  expect(samplesOf('$default')).toEqual(['/any', '/any/any', '/']);
});
