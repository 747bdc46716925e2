import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { describe, expect, it } from 'vitest';
import { loadAwsServiceSpecSync as stub, REPLACING } from '../../src/diff/service-spec.ts';

/** What is bundled in place of the database is what the database says. */
describe('the table of replacements', () => {
  const database = loadAwsServiceSpecSync();
  const replacing = (type: string): readonly string[] => {
    const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type);
    if (!resource) throw new Error(`the database has no ${type}`);
    return Object.entries(resource.properties).flatMap(([name, { causesReplacement }]) => (causesReplacement === 'yes' ? [name] : []));
  };

  it.each(Object.entries(REPLACING))('of %s', (type, names) => expect(names.toSorted()).toEqual(replacing(type).toSorted()));

  it('knows every property of a type that it knows, and no other type', () => {
    const [resource] = stub().lookup('resource', 'cloudFormationType', 'equals', 'AWS::ApiGateway::Stage');
    expect(['StageName', 'Description', 'toString'].map((name) => resource?.properties[name]?.causesReplacement)).toEqual([
      'yes',
      'no',
      'no',
    ]);
    expect(stub().lookup('resource', 'cloudFormationType', 'equals', 'AWS::S3::Bucket')).toEqual([]);
  });
});
