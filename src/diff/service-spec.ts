/**
 * What `@aws-cdk/cloudformation-diff` asks of `@aws-cdk/aws-service-spec`, in place of its 15 MB: which properties make
 * CloudFormation put another resource in the place of the old one. rolldown.config.mjs puts this module in its place, and a test
 * holds the table against the database. Only of types that decide on the address of an API, and on what a stage serves.
 */
export const REPLACING: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::RestApi': [],
  'AWS::ApiGateway::Resource': ['ParentId', 'PathPart', 'RestApiId'],
  'AWS::ApiGateway::Method': ['HttpMethod', 'ResourceId', 'RestApiId'],
  'AWS::ApiGateway::Deployment': ['DeploymentCanarySettings', 'RestApiId'],
  'AWS::ApiGateway::Stage': ['RestApiId', 'StageName'],
  'AWS::ApiGateway::GatewayResponse': ['ResponseType', 'RestApiId'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::Lambda::Url': ['Qualifier', 'TargetFunctionArn'],
  'AWS::Lambda::Function': ['FunctionName', 'PackageType', 'TenancyConfig'],
  'AWS::Lambda::Alias': ['FunctionName', 'Name'],
};

interface Property {
  readonly causesReplacement: 'yes' | 'no';
}
interface Resource {
  readonly properties: Readonly<Record<string, Property>>;
}

const NO: Property = { causesReplacement: 'no' };

/** A property that is not listed is known all the same: of one that is not, the library would say that it changes nothing. */
const resourceOf = (replacing: readonly string[]): Resource => ({
  properties: new Proxy<Record<string, Property>>(Object.fromEntries(replacing.map((name) => [name, { causesReplacement: 'yes' }])), {
    get: (known, name) => (typeof name === 'string' && Object.hasOwn(known, name) ? known[name] : NO),
  }),
});

/** The library's way to its database; it asks for resources by type alone. */
export const loadAwsServiceSpecSync = (): {
  lookup(entity: string, index: string, operator: string, type: string): readonly Resource[];
} => ({
  lookup: (_entity, _index, _operator, type) => (Object.hasOwn(REPLACING, type) ? [resourceOf(REPLACING[type] ?? [])] : []),
});
