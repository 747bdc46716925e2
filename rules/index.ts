// Printed by `npm run docs` from the files beside it.
import type { Rule } from '../src/rule.ts';
import authenticatedPreflight from './authenticated-preflight.ts';
import binaryPreflight from './binary-preflight.ts';
import brokenMockPreflight from './broken-mock-preflight.ts';
import cloudfrontBlocksCors from './cloudfront-blocks-cors.ts';
import conflictingCorsOnPath from './conflicting-cors-on-path.ts';
import corsOnNonHttpEvent from './cors-on-non-http-event.ts';
import credentialsWithOriginList from './credentials-with-origin-list.ts';
import credentialsWithWildcardOrigin from './credentials-with-wildcard-origin.ts';
import detachedGatewayResponse from './detached-gateway-response.ts';
import duplicateCorsHeaders from './duplicate-cors-headers.ts';
import hardCodedApiId from './hard-coded-api-id.ts';
import ignoredCorsHeaders from './ignored-cors-headers.ts';
import inconsistentCredentials from './inconsistent-credentials.ts';
import inconsistentOrigin from './inconsistent-origin.ts';
import ineffectiveWildcard from './ineffective-wildcard.ts';
import inertCors from './inert-cors.ts';
import insecureOrigin from './insecure-origin.ts';
import internalError from './internal-error.ts';
import invalidAllowedHeader from './invalid-allowed-header.ts';
import invalidAllowedMethod from './invalid-allowed-method.ts';
import invalidCorsShape from './invalid-cors-shape.ts';
import invalidCredentialsValue from './invalid-credentials-value.ts';
import invalidMaxAge from './invalid-max-age.ts';
import localhostOrigin from './localhost-origin.ts';
import malformedOrigin from './malformed-origin.ts';
import methodNotAllowed from './method-not-allowed.ts';
import missingAuthHeaders from './missing-auth-headers.ts';
import missingCors from './missing-cors.ts';
import missingGatewayResponseCors from './missing-gateway-response-cors.ts';
import missingHandlerCors from './missing-handler-cors.ts';
import missingIntegrationResponseCors from './missing-integration-response-cors.ts';
import missingSigv4Headers from './missing-sigv4-headers.ts';
import missingVary from './missing-vary.ts';
import multipleOriginsInHeader from './multiple-origins-in-header.ts';
import nullOrigin from './null-origin.ts';
import overBroadOrigin from './over-broad-origin.ts';
import overquotedLiteral from './overquoted-literal.ts';
import reflectedOrigin from './reflected-origin.ts';
import routeCatchesPreflight from './route-catches-preflight.ts';
import s3Cors from './s3-cors.ts';
import staleDeployment from './stale-deployment.ts';
import undeclaredResponseHeader from './undeclared-response-header.ts';
import unknownCorsProperty from './unknown-cors-property.ts';
import unquotedLiteral from './unquoted-literal.ts';
import unreadableFile from './unreadable-file.ts';
import unresolvedReference from './unresolved-reference.ts';
import unusedSuppression from './unused-suppression.ts';
import wildcardOrigin from './wildcard-origin.ts';

export const rules: readonly Rule[] = [
  authenticatedPreflight,
  binaryPreflight,
  brokenMockPreflight,
  cloudfrontBlocksCors,
  conflictingCorsOnPath,
  corsOnNonHttpEvent,
  credentialsWithOriginList,
  credentialsWithWildcardOrigin,
  detachedGatewayResponse,
  duplicateCorsHeaders,
  hardCodedApiId,
  ignoredCorsHeaders,
  inconsistentCredentials,
  inconsistentOrigin,
  ineffectiveWildcard,
  inertCors,
  insecureOrigin,
  internalError,
  invalidAllowedHeader,
  invalidAllowedMethod,
  invalidCorsShape,
  invalidCredentialsValue,
  invalidMaxAge,
  localhostOrigin,
  malformedOrigin,
  methodNotAllowed,
  missingAuthHeaders,
  missingCors,
  missingGatewayResponseCors,
  missingHandlerCors,
  missingIntegrationResponseCors,
  missingSigv4Headers,
  missingVary,
  multipleOriginsInHeader,
  nullOrigin,
  overBroadOrigin,
  overquotedLiteral,
  reflectedOrigin,
  routeCatchesPreflight,
  s3Cors,
  staleDeployment,
  undeclaredResponseHeader,
  unknownCorsProperty,
  unquotedLiteral,
  unreadableFile,
  unresolvedReference,
  unusedSuppression,
  wildcardOrigin,
];
