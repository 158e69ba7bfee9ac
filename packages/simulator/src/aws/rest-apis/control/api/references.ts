import { ofList, type AwsCall, ServiceError } from '../../../operation/operation.js';
import type { EndpointConfiguration, EndpointType } from '@aws-sdk/client-api-gateway';
import { joined } from '../../../operation/words.js';
import { badRequest } from '../words.js';

/** An API, or one of its stages. */
interface Referenced {
  readonly apiId: string;
  /** Absent for the API with all its stages. */
  readonly stageName?: string;
}

/** The domain names that have a base path mapping to an API, or to one of its stages. */
export function mappedDomains(call: AwsCall, { apiId, stageName }: Referenced): string[] {
  return [...call.state.restApi.domainNames.values()]
    .filter(({ mappings }) =>
      [...mappings.values()].some((row) => row.apiId === apiId && (stageName === undefined || row.stage === stageName)),
    )
    .map(({ fields }) => fields.domainName);
}

/**
 * Takes a deleted stage, or all stages of a deleted API, out of the usage plans.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/14100
 */
export function leaveUsagePlans(call: AwsCall, { apiId, stageName }: Referenced): void {
  for (const [id, row] of call.state.restApi.usagePlans) {
    const { apiStages = [] } = row.fields;
    const kept = apiStages.filter(
      (used) => used.apiId !== apiId || (stageName !== undefined && used.stage !== stageName),
    );
    if (kept.length === apiStages.length) continue;

    call.state.restApi.usagePlans.set(id, { ...row, fields: { ...row.fields, apiStages: kept } });
  }
}

const TYPES: readonly string[] = ['PRIVATE', 'EDGE', 'REGIONAL'];
const IP_ADDRESS_TYPES: readonly string[] = ['ipv4', 'dualstack'];

/** An endpoint configuration as GetRestApi answers it. */
export type Endpoint = EndpointConfiguration & {
  readonly types: [EndpointType];
  readonly ipAddressType: 'ipv4' | 'dualstack';
};

/**
 * The endpoint configuration of a new API: edge-optimized by default. A private API is dualstack.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html
 * @throws {ServiceError} ValidationException, BadRequestException
 */
export function newEndpoint({ types, ipAddressType, vpcEndpointIds }: EndpointConfiguration = {}): Endpoint {
  const [type, ...more] = types ?? ['EDGE'];
  if (type === undefined) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  if (more.length > 0) throw badRequest('Cannot create an api with multiple Endpoint Types.');

  return checkedEndpoint({
    types: [type],
    ipAddressType: ipAddressType ?? (type === 'PRIVATE' ? 'dualstack' : 'ipv4'),
    ...(vpcEndpointIds !== undefined && vpcEndpointIds.length > 0 && { vpcEndpointIds }),
  });
}

/**
 * Refuses the types of endpoints and addresses that CreateRestApi does not have, before anything else of its input.
 * @throws {ServiceError} ValidationException
 */
export function checkEndpointTypes({ types = [], ipAddressType = 'ipv4' }: EndpointConfiguration = {}): void {
  const problem = (member: string, value: string, rule: string): ServiceError =>
    new ServiceError(
      'ValidationException',
      `1 validation error detected: Value '${value}' at 'createRestApiInput.endpointConfiguration.${member}' failed to satisfy constraint: ${rule}`,
    );
  const typesRule = `Member must satisfy constraint: [Member must satisfy enum value set: [${TYPES.join(', ')}]]`;
  const addressRule = `Member must satisfy enum value set: [${IP_ADDRESS_TYPES.join(', ')}]`;
  const problems = [
    ...(types.every((type) => TYPES.includes(type)) ? [] : [problem('types', `[${types.join(', ')}]`, typesRule)]),
    ...(IP_ADDRESS_TYPES.includes(ipAddressType) ? [] : [problem('ipAddressType', ipAddressType, addressRule)]),
  ];
  if (problems.length > 0) throw ofList(joined(problems));
}

/** @throws {ServiceError} BadRequestException */
export function checkedEndpoint(endpoint: Endpoint): Endpoint {
  const isPrivate = endpoint.types[0] === 'PRIVATE';
  if (isPrivate && endpoint.ipAddressType !== 'dualstack') {
    throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  }
  // [U]
  if (!isPrivate && endpoint.vpcEndpointIds !== undefined) {
    throw badRequest('VPCEndpoints can only be specified with PRIVATE apis.');
  }

  return endpoint;
}

/** Another type for an API. One that becomes private becomes dualstack, too. */
export function withType(endpoint: Endpoint, type: string | undefined): Endpoint {
  if (!isEndpointType(type)) {
    throw ofList(badRequest('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'));
  }

  return { ...endpoint, types: [type], ...(type === 'PRIVATE' && { ipAddressType: 'dualstack' }) };
}

/** Another IP address type for an API. */
export function withIpAddressType(endpoint: Endpoint, ipAddressType: string | undefined): Endpoint {
  if (ipAddressType !== 'ipv4' && ipAddressType !== 'dualstack') {
    throw ofList(badRequest('ipAddressType must be either ipv4 or dualstack.'));
  }

  return { ...endpoint, ipAddressType };
}

function isEndpointType(type: string | undefined): type is EndpointType {
  return type !== undefined && TYPES.includes(type);
}
