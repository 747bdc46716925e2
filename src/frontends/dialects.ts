import { claims as isCdk } from './cdk/claims.ts';
import { claims as isCloudFormation } from './cloudformation/claims.ts';
import type { Dialect } from './frontend.ts';
import { claims as isOpenApi } from './openapi/claims.ts';
import { claims as isSam } from './sam/claims.ts';
import { claims as isServerless } from './serverless/claims.ts';

/** All dialects. The first that claims a document has it. */
export const dialects: readonly Dialect[] = [
  { name: 'serverless', claims: isServerless, load: async () => (await import('./serverless/index.ts')).serverless },
  { name: 'cdk', claims: isCdk, load: async () => (await import('./cdk/index.ts')).cdk },
  { name: 'sam', claims: isSam, load: async () => (await import('./sam/index.ts')).sam },
  { name: 'cloudformation', claims: isCloudFormation, load: async () => (await import('./cloudformation/index.ts')).cloudformation },
  { name: 'openapi', claims: isOpenApi, load: async () => (await import('./openapi/index.ts')).openapi },
];
