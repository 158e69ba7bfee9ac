import { ofList } from '../../../operation/operation.js';
import type { RestApi } from '@aws-sdk/client-api-gateway';
import { badRequest } from '../words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRestApi.html */
export const SECURITY_POLICIES: readonly string[] = [
  'TLS_1_0',
  'TLS_1_2',
  'SecurityPolicy_TLS13_1_3_2025_09',
  'SecurityPolicy_TLS13_1_3_FIPS_2025_09',
  'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_PQ_2025_09',
  'SecurityPolicy_TLS13_1_2_2021_06',
  'SecurityPolicy_TLS13_2025_EDGE',
  'SecurityPolicy_TLS12_PFS_2025_EDGE',
  'SecurityPolicy_TLS12_2018_EDGE',
];

/** The security policies of an edge-optimized API; other APIs have those without `EDGE`. */
const EDGE = /_EDGE$/;

/**
 * Refuses a security policy that does not fit the API's endpoint type or its endpoint access mode.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 * @see https://github.com/aws/aws-sam-cli/issues/9007
 * @throws {ServiceError} BadRequestException; the messages are [U], except the one on the missing mode
 */
export function checkSecurityPolicy({ securityPolicy, endpointAccessMode, endpointConfiguration }: RestApi): void {
  const enhanced = securityPolicy?.startsWith('SecurityPolicy_') === true;
  if (enhanced && endpointAccessMode === undefined) {
    throw badRequest('Endpoint access mode is required for the specified security policy');
  }
  if (!enhanced && endpointAccessMode !== undefined) {
    throw badRequest('Endpoint access mode is not supported for the specified security policy');
  }
  if (securityPolicy !== undefined && !SECURITY_POLICIES.includes(securityPolicy)) {
    throw ofList(badRequest(`Invalid security policy specified: ${securityPolicy}`));
  }
  if (endpointAccessMode !== undefined && endpointAccessMode !== 'BASIC' && endpointAccessMode !== 'STRICT') {
    throw ofList(badRequest('Invalid endpoint access mode specified. Valid options are BASIC,STRICT'));
  }
  if (!fits(securityPolicy, endpointConfiguration?.types?.[0])) {
    throw badRequest(`Security policy ${securityPolicy} is not supported for the endpoint type of the API`);
  }
}

/**
 * Refuses another endpoint type for an API whose security policy does not fit it.
 * @see https://github.com/aws/serverless-application-model/issues/3866
 */
export function checkTypeChange(before: RestApi, after: RestApi): void {
  const type = after.endpointConfiguration?.types?.[0];
  const changed = type !== before.endpointConfiguration?.types?.[0];
  if (changed && before.securityPolicy === after.securityPolicy && !fits(after.securityPolicy, type)) {
    throw badRequest('Unable to update EndpointType. SecurityPolicy is required for EndpointType update.');
  }
}

function fits(policy: string | undefined, type: string | undefined): boolean {
  return !policy?.startsWith('SecurityPolicy_') || EDGE.test(policy) === (type === 'EDGE');
}
