/**
 * The properties and limits of each kind of resource: rules of the clouds, for adapters. A rule evaluates a
 * snapshot only.
 * @packageDocumentation
 */
export { parseArn, parseListenerArn, partitionOf, type Arn, type ListenerArn } from '../do/kinds/arn.js';
export { APIG_GATEWAY } from '../do/kinds/link/apig-gateway/index.js';
export { DEFAULT_GATEWAY_ACCESS, DEFAULT_GATEWAY_SPEC } from '../do/kinds/link/apig-gateway/price.js';
export { endpointsOf, parseServiceRef, type ServiceRef } from '../do/kinds/link/apig-gateway/targets.js';
export { APIG_STAGE } from '../do/kinds/gateway/apig-stage.js';
export { localBlockErrors } from '../do/kinds/link/integration-instance/blocks.js';
export { INTEGRATION_INSTANCE } from '../do/kinds/link/integration-instance/index.js';
export { INSTANCE_CIDRS } from '../do/kinds/link/integration-instance/instance-cidrs.js';
export { chooseInstanceCidr } from '../do/kinds/link/integration-instance/own-block.js';
export {
  DEFAULT_INSTANCE_SPEC,
  INSTANCE_PRICES_FROM,
  INSTANCE_PRICES_OF,
  instancePrice,
} from '../do/kinds/link/integration-instance/price.js';
export { parseBackendRef, type ParsedBackendRef } from '../do/kinds/link/integration-instance/target-ref.js';
export { addressTarget, notInternal, wrongNetwork } from '../do/kinds/link/integration-instance/targets.js';
export type { BlockPlace, LinkKindRules, RequestFacts, TargetPlace } from '../do/kinds/link/link-kind.js';
export { defaultIn, isAdjustable, type BalancerQuotas, type Quota } from '../do/kinds/quota.js';
export { ALIBABA_QUOTAS, type AlibabaQuota } from '../do/kinds/quotas/alibaba-quotas.js';
export { API_GATEWAY_QUOTAS } from '../do/kinds/quotas/api-gateway-quotas.js';
export { AWS_QUOTAS, type AwsQuota } from '../do/kinds/quotas/aws-quotas.js';
export { BALANCER_QUOTAS } from '../do/kinds/quotas/load-balancer-quotas.js';
export { INSTANCE_TYPES } from '../do/kinds/instance-specs.js';
export { INSTANCE_RETIREMENT } from '../do/kinds/link/integration-instance/retirement.js';
export {
  CLOUD_NATIVE_CAPACITY_FROM,
  CLOUD_NATIVE_PRICES_FROM,
  CLOUD_NATIVE_PRICES_OF,
  CLOUD_NATIVE_TYPES,
} from '../do/kinds/cloud-native-types.js';
export { successorOf } from '../do/model/successor.js';
export { SUBNETS_PER_LINK } from '../do/kinds/link/vpc-link-v2/request.js';
export { VPC_LINK_V2 } from '../do/kinds/link/vpc-link-v2/index.js';
export {
  misplacedLoadBalancer,
  parseListenerRef,
  wrongKindOfLoadBalancer,
  type ParsedListenerRef,
  type ListenerHome,
} from '../do/kinds/link/vpc-link-v2/target-ref.js';
export { tlsErrors } from '../do/kinds/link/vpc-link-v2/target-tls.js';
export { protocolErrors } from '../do/kinds/link/vpc-link-v2/targets.js';
export { servedZones, zoneServesLinks } from '../do/kinds/link/vpc-link-v2/zones.js';
export type { NativeKey } from '../do/kinds/link/link-traits.js';
export { clouds, type Clouds } from '../do/kinds/cloud/clouds.js';
export { defineCloud, type Cloud } from '../do/kinds/cloud/cloud.js';
export type { DeclaredLink, DeclaredPlace, DeclaredTargetPlace, SpecFault } from '../do/kinds/cloud/declared.js';
export type { IdKinds, KeyForm, SharedKey, SharedKeyText, SpecKey, SpecKeys } from '../do/kinds/cloud/spec-keys.js';
export { ADDRESS, ADDRESSES, DNS_NAME, type SeenTarget, type TargetKind } from '../do/kinds/cloud/target-kind.js';
export { BUILT_IN } from '../do/kinds/built-in/built-in.js';
export { gatewayId } from '../do/kinds/gateway/gateway-spec.js';
