import { originAt } from '../src/browser/origins.ts';
import type { BucketRule } from '../src/model/around.ts';
import { arms } from '../src/model/asking.ts';
import { entriesIn } from '../src/model/lists.ts';
import { shown } from '../src/model/names.ts';
import { defineRule } from '../src/rule.ts';
import { all, type Verdict } from '../src/value/verdict.ts';

export default defineRule({
  meta: {
    id: 's3-cors',
    summary: 'The CORS rules of a bucket hold what S3 refuses, or what no page is.',
    since: '0.1.0',
    preset: 'recommended',
    why: `
S3 answers pages by the first rule of the bucket that matches origin, method and all headers that are asked for, and compares them letter by letter.
OPTIONS and PATCH are no methods of a rule (S3 answers preflights itself), and a value may hold one \`*\`: otherwise the deploy fails. An origin with
a slash at its end, or without its scheme, deploys and matches nobody.
`,
    remedy: `
Allow methods out of GET, PUT, POST, DELETE and HEAD, and write origins as \`https://app.example.com\` or \`https://*.example.com\`.
`,
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html',
    ],
  },
  messages: {
    method: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: a rule of the bucket `{bucket}` allows the method {method}, and S3 takes GET, PUT, POST, DELETE and HEAD alone. Take it out; preflights are answered without it',
    },
    stars: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: "{value}" in a rule of the bucket `{bucket}` holds more than one "*". Leave one',
    },
    many: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: the bucket `{bucket}` has {count} CORS rules, and S3 takes 100',
    },
    age: {
      severity: 'error',
      harm: 'broken',
      text: 'the deploy fails: {age} in a rule of the bucket `{bucket}` is no number of seconds from 0 on',
    },
    origin: {
      severity: 'warning',
      harm: 'broken',
      text: 'no page has the origin "{origin}", so this rule of the bucket `{bucket}` lets none in by it. Write scheme and host alone, like https://app.example.com',
    },
  },
  options: {},
  examples: {
    bad: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Uploads: { Type: AWS::S3::Bucket, Properties: { CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://shop.example.com'], AllowedMethods: [PUT, OPTIONS], AllowedHeaders: ['*'] }] } } }
`,
      },
    ],
    good: [
      {
        as: 'cloudformation',
        code: `
Resources:
  Uploads: { Type: AWS::S3::Bucket, Properties: { CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://*.example.com'], AllowedMethods: [PUT], AllowedHeaders: ['*'] }] } } }
`,
      },
    ],
  },
  check: {
    model: ({ buckets = [] }) =>
      buckets.flatMap(({ name: bucket, exists, rules, at }) => {
        const many = { verdict: exists, messageId: 'many' as const, data: { bucket, count: rules.length }, at };
        return [...(rules.length > 100 ? [many] : []), ...rules.flatMap((rule) => [...judged(rule, bucket, all(exists, rule.exists))])];
      }),
  },
});

const METHODS: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const hasStars = (value: string): boolean => value.split('*').length > 2;

function* judged({ methods, origins, headers, maxAge }: BucketRule, bucket: string, exists: Verdict) {
  for (const [method, isSo] of entriesIn(methods, (one) => !METHODS.has(one)))
    yield { verdict: all(exists, isSo), messageId: 'method' as const, data: { bucket, method: shown(method) }, at: method.from };
  for (const list of [origins, headers]) {
    for (const [value, isSo] of entriesIn(list, hasStars))
      yield { verdict: all(exists, isSo), messageId: 'stars' as const, data: { bucket, value: shown(value) }, at: value.from };
  }
  for (const [age, isSo] of arms(maxAge, (text) => text !== undefined && !/^\d+$/.test(text)))
    yield { verdict: all(exists, isSo), messageId: 'age' as const, data: { bucket, age: shown(age) }, at: age.from };
  for (const [origin, isSo] of entriesIn(origins, isNobody))
    yield { verdict: all(exists, isSo), messageId: 'origin' as const, data: { bucket, origin: shown(origin) }, at: origin.from };
}

/** Its one wildcard may stand anywhere (O9), so what is around it is looked at with something in its place. */
const isNobody = (origin: string): boolean => !hasStars(origin) && origin !== '*' && typeof originAt(filled(origin), 'header') === 'string';
const filled = (origin: string): string => origin.replace(/^\*/, 'https://any').replace(/:\*$/, ':1').replace('*', 'any');
