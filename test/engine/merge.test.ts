import { describe, expect, it } from 'vitest';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Rule, Suspicion } from '../../src/rule.ts';
import { show } from '../../src/value/value.ts';
import { always, YES, type Verdict } from '../../src/value/verdict.ts';
import { found } from '../support/findings.ts';
import * as make from '../support/model.ts';
import { lit, literal, place, STAGE, when } from '../support/model.ts';
import { one, onMethods, rule, suspicion } from '../support/rules.ts';

describe('one fault in one place', () => {
  const shared = literal('shared cors');
  const endpoints = (count: number) => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].slice(0, count).map((method) => make.endpoint(method));
  const suspecting = (text: string, data?: (method: string) => Record<string, string>): Rule =>
    rule('r', text, {
      *endpoint({ method }) {
        yield suspicion(shared, YES, data ? { data: data(show(method)) } : {});
      },
    });
  const said = (count: number, made: Rule): string[] => found(made, one([[make.resource('/a', endpoints(count))]]));

  it('is one finding, which names all that it is about', () => {
    expect(said(1, suspecting('no CORS on {subjects}'))).toEqual(['error: no CORS on GET /a «shared cors»']);
    expect(said(2, suspecting('no CORS on {subjects}'))).toEqual(['error: no CORS on GET /a and POST /a «shared cors»']);
    expect(said(3, suspecting('no CORS on {subjects}'))).toEqual(['error: no CORS on GET /a, POST /a and PUT /a «shared cors»']);
    expect(said(5, suspecting('no CORS on {subjects}'))).toEqual(['error: no CORS on GET /a, POST /a and 3 more «shared cors»']);
  });

  it('keeps all subjects for programs', () => {
    const { findings } = check(activate([suspecting('x')], 'recommended'), one([[make.resource('/a', endpoints(5))]]));
    expect(findings[0]?.subjects).toEqual(['GET /a', 'POST /a', 'PUT /a', 'PATCH /a', 'DELETE /a']);
  });

  it('is not one with another: other data is another fault', () => {
    expect(
      said(
        2,
        suspecting('{method} fails', (method) => ({ method })),
      ),
    ).toEqual(['error: GET fails «shared cors»', 'error: POST fails «shared cors»']);
  });

  it('is said once, and for certain where it is certain', () => {
    const aliases = rule('r', 'the same words', {
      *api() {
        yield suspicion(shared, always('maybe'), { data: { by: 1 } });
        yield suspicion(shared, YES, { data: { by: 2 } });
      },
    });
    expect(found(aliases, one([[]]))).toEqual(['error: the same words «shared cors»']);
  });

  it('leaves what it is filled with as it is, on one line', () => {
    const odd = rule('r', '{a} {b}', {
      *api() {
        yield suspicion(shared, YES, { data: { a: '{b} $& $1', b: 'two\n  lines' } });
      },
    });
    expect(found(odd, one([[]]))).toEqual(['error: {b} $& $1 two lines «shared cors»']);
  });
});

describe('a rule that outranks another', () => {
  const method = make.choice(STAGE, lit('GET', 'in dev'), lit('GET', 'in prod'));
  const model = one([[make.resource('/a', [make.endpoint(method)])]]);
  const elsewhere = rule('lesser', 'less', {
    *endpoint({ at }) {
      yield suspicion(at);
    },
  });
  const lesser = onMethods('lesser', 'GET', 'less');
  const greater = (verdict: Verdict): Rule =>
    rule(
      'greater',
      'more',
      {
        *endpoint(endpoint) {
          yield suspicion(endpoint.method.from, verdict);
        },
      },
      { outranks: ['lesser'] },
    );

  it('silences it at the same place', () => expect(found([lesser, greater(YES)], model)).toEqual(['error: more «${stage}»']));
  it('leaves other places alone', () =>
    expect(found([elsewhere, greater(YES)], model)).toEqual(['error: more «${stage}»', 'error: less «endpoint of some method»']));
  it('leaves other worlds alone', () =>
    expect(found([lesser, greater(when(STAGE, 'dev'))], model)).toEqual([
      'error when stage = dev: more «${stage}»',
      'error: less «${stage}»',
    ]));
  it('does not silence what is certain when it is not', () =>
    expect(found([lesser, greater(always('maybe'))], model)).toEqual(['possible error: more «${stage}»', 'error: less «${stage}»']));
});

it('sorts by file, place and rule', () => {
  const [first, second] = [place('1'), place('2')];
  const other = { ...place('3'), file: { path: 'a.yml', text: '' }, start: 99, end: 100 };
  const at = (id: string, ...places: (typeof first)[]): Rule =>
    rule(id, id, {
      *api() {
        for (const where of places) yield suspicion(where);
      },
    });
  const { findings } = check(activate([at('b', second, first), at('a', first, other)], 'recommended'), one([[]]));
  expect(findings.map(({ rule: by, primary }) => `${by} ${primary.file.path} ${primary.start - first.start}`)).toEqual([
    `a a.yml ${99 - first.start}`,
    'a serverless.yml 0',
    'b serverless.yml 0',
    'b serverless.yml 2',
  ]);
});

describe('fixes', () => {
  const at = place('false');
  const mending = (verdict: Verdict, edits: Suspicion['edits']): unknown => {
    const made = rule(
      'r',
      'x',
      {
        *api() {
          yield suspicion(at, verdict, edits ? { edits } : {});
        },
      },
      { fix: { title: 'turn it on', safety: 'unsafe' } },
    );
    return check(activate([made], 'recommended'), one([[]])).findings.map(({ fix }) => fix);
  };
  const edit = { at, text: 'true' };

  it('are offered with the rule’s title', () =>
    expect(mending(YES, () => [edit])).toEqual([{ title: 'turn it on', safety: 'unsafe', edits: [edit] }]));
  it('are not made where there is nothing to do', () =>
    expect([mending(YES, () => []), mending(YES, undefined)]).toEqual([[undefined], [undefined]]));
  it('are not made on suspicion', () => expect(mending(always('maybe'), () => [edit])).toEqual([undefined]));
});
