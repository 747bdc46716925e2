/** The manifest that the CDK writes for a stack `Shop` which has assets. */
export const manifestWithAssets = (metadata: object): object => ({
  version: '55.0.0',
  artifacts: {
    'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
    Shop: {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: 'Shop.template.json' },
      dependencies: ['Shop.assets'],
      metadata,
    },
  },
});
