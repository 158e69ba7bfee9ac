import type { Act } from '@postern/core/internal/overlay';
import { auxiliaryActs } from './auxiliary.js';
import { cloudMapActs } from './cloud-map.js';
import { dataSourceActs } from './data-sources.js';
import { certificateActs, domainActs } from './domains.js';
import { ecsActs } from './ecs.js';
import { endpointActs } from './endpoints.js';
import { gatewayActs } from './gateways.js';
import { httpApiActs } from './http-apis.js';
import { linkActs } from './links.js';
import { listenerRuleActs } from './listener-rules.js';
import { listenerActs } from './listeners.js';
import { loadBalancerActs } from './load-balancers.js';
import { machineActs } from './machines.js';
import { networkAclActs } from './network-acls.js';
import { networkActs } from './network.js';
import { peeringActs, routingActs } from './routing.js';
import { scalingGroupActs } from './scaling-groups.js';
import { securityGroupActs } from './security-groups.js';
import { targetGroupActs } from './target-groups.js';

/** How resources are carried out, except those of wings. */
export const acts: Readonly<Record<string, Act>> = {
  ...networkActs,
  ...gatewayActs,
  ...routingActs,
  ...peeringActs,
  ...endpointActs,
  ...securityGroupActs,
  ...networkAclActs,
  ...machineActs,
  ...loadBalancerActs,
  ...targetGroupActs,
  ...listenerActs,
  ...listenerRuleActs,
  ...scalingGroupActs,
  ...certificateActs,
  ...httpApiActs,
  ...linkActs,
  ...domainActs,
  ...ecsActs,
  ...cloudMapActs,
  ...dataSourceActs,
  ...auxiliaryActs,
};

export { INERT as inert } from './auxiliary.js';
