import type { Bucket, BucketRule } from '../../model/around.ts';
import { get, listOf, textOf } from '../../value/tree.ts';
import { textOr, type Entity, type Template } from './template.ts';
import { both, isNever, itemsOf, standing, standsHere, verdictOf } from './worlds.ts';

/** S3 buckets with a CORS configuration. */
export const buckets = (template: Template): readonly Bucket[] => template.ofType('AWS::S3::Bucket').flatMap(bucket);

function bucket({ id, key, present, properties }: Entity): readonly Bucket[] {
  const rules = get(properties, 'CorsConfiguration', 'CorsRules');
  if (isNever(both(present, standsHere(rules)))) return [];
  return [
    {
      at: key,
      exists: verdictOf(present),
      name: id,
      rules: itemsOf(rules).map(({ tree, present: here }): BucketRule => {
        const rule = standing(tree);
        return {
          at: tree.from.at,
          exists: verdictOf(both(present, here)),
          origins: listOf(get(rule, 'AllowedOrigins'), textOr),
          methods: listOf(get(rule, 'AllowedMethods'), textOr),
          headers: listOf(get(rule, 'AllowedHeaders'), textOr),
          expose: listOf(get(rule, 'ExposedHeaders'), textOr),
          maxAge: textOf(get(rule, 'MaxAge')),
        };
      }),
    },
  ];
}
