import { describe, expect, it } from 'vitest';
import { activate } from '../../src/engine/active.ts';
import { check } from '../../src/engine/check.ts';
import type { Rule } from '../../src/rule.ts';
import { YES } from '../../src/value/verdict.ts';
import internalError from '../../rules/internal-error.ts';
import * as make from '../support/model.ts';
import { place, textAt } from '../support/model.ts';
import { one, onMethods, rule, suspicion } from '../support/rules.ts';

describe('a rule that throws', () => {
  const broken = rule('broken', 'before the fall', {
    *endpoint({ at }) {
      yield suspicion(at);
      throw new Error('https://secret.example.com is no origin');
    },
  });
  const model = one([[make.resource('/a', [make.endpoint('GET'), make.endpoint('PUT')])]]);
  const run = (rules: readonly Rule[], overrides = {}) => check(activate(rules, 'recommended', overrides), model);

  it('is contained: the others go on, and what it said stands', () => {
    const { findings } = run([broken, onMethods('fine', 'PUT')]);
    expect(findings.map(({ rule: by, message, primary }) => `${by}: ${message} «${textAt(primary)}»`)).toEqual([
      'broken: before the fall «endpoint GET»',
      'broken: before the fall «endpoint PUT»',
      'fine: the method of PUT /a «PUT»',
    ]);
  });

  it('is reported once, where it fell, and without what it threw', () => {
    const { findings, crashes } = run([broken, internalError]);
    expect(crashes).toEqual([{ rule: 'broken', error: new Error('https://secret.example.com is no origin') }]);
    const [own, ...others] = findings.filter(({ rule: by }) => by === 'internal-error');
    expect(others).toEqual([]);
    expect(own?.message).toMatch(/^the rule `broken` failed/);
    expect(textAt(own?.primary ?? place('?'))).toBe('endpoint GET');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('is in the crashes even if nobody wants to read of it', () => {
    const { findings, crashes } = run(
      [
        rule('broken', 'x', {
          model: () => {
            throw new Error('no');
          },
        }),
        internalError,
      ],
      { 'internal-error': 'off' },
    );
    expect([findings, crashes.length]).toEqual([[], 1]);
  });

  it('fails at the first API if it looked at the whole', () => {
    const { findings } = run([
      rule('broken', 'x', {
        model: () => {
          throw new Error('no');
        },
      }),
      internalError,
    ]);
    expect(findings.map(({ primary }) => textAt(primary))).toEqual(['ShopApi']);
  });

  it('or says what is no message of its own, is a bug too', () => {
    expect(
      run([
        rule('broken', 'x', {
          *api({ at }) {
            yield { ...suspicion(at), messageId: 'that' };
          },
        }),
      ]).crashes.map(({ error }) => String(error)),
    ).toEqual(['Error: the rule broken has no message that']);
  });

  it('while it mends, still reports', () => {
    const mending = rule(
      'mending',
      'x',
      {
        *api({ at }) {
          yield suspicion(at, YES, {
            edits: () => {
              throw new Error('no');
            },
          });
        },
      },
      { fix: { title: 'mend', safety: 'safe' } },
    );
    const { findings, crashes } = run([mending]);
    expect([findings.map(({ message, fix }) => [message, fix]), crashes.length]).toEqual([[['x', undefined]], 1]);
  });
});
