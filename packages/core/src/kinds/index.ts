/**
 * The properties and limits of each kind of resource: rules of the clouds, for adapters. A rule evaluates a
 * snapshot only.
 * @packageDocumentation
 */
export { parseArn, parseListenerArn, partitionOf, type Arn, type ListenerArn } from './cloud/arn.js';
export { localBlockErrors } from './link/integration-instance/blocks.js';
export { INTEGRATION_INSTANCE } from './link/integration-instance/index.js';
export { INSTANCE_CIDRS } from './link/integration-instance/instance-cidrs.js';
export { chooseInstanceCidr } from './link/integration-instance/own-block.js';
export { DEFAULT_INSTANCE_SPEC } from './link/integration-instance/price.js';
export { parseBackendRef, type ParsedBackendRef } from './link/integration-instance/target-ref.js';
export { addressTarget, notInternal, wrongNetwork } from './link/integration-instance/targets.js';
export type { BlockPlace, LinkKindRules, RequestFacts, TargetPlace } from './link/link-kind.js';
export { isAdjustable, type Quota } from './quota.js';
export { requestsPerSecondIn } from './quotas/api-gateway-quotas.js';
export { QUOTAS, QUOTAS_READ_ON, type QuotaName } from './quotas/index.js';
export { SUBNETS_PER_LINK } from './link/vpc-link-v2/request.js';
export { VPC_LINK_V2 } from './link/vpc-link-v2/index.js';
export {
  misplacedLoadBalancer,
  parseListenerRef,
  wrongKindOfLoadBalancer,
  type ParsedListenerRef,
} from './link/vpc-link-v2/target-ref.js';
export { tlsErrors } from './link/vpc-link-v2/target-tls.js';
export { protocolErrors } from './link/vpc-link-v2/targets.js';
export { servedZones, zoneServesLinks } from './link/vpc-link-v2/zones.js';
