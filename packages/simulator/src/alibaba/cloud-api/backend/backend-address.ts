import { blockHas } from '../../vpc/request/block.js';
import { addressOfInstance, findInstance } from '../../vpc/network.js';
import { findLoadBalancer } from '../../slb/load-balancer.js';
import type { AlibabaRegionState } from '../../state/region-state.js';

const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Whether a text is a private IPv4 address. */
export function isPrivateAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) && PRIVATE_BLOCKS.some((block) => blockHas(block, text));
}

/** What an authorization's instance is, by its form. */
export function targetKind(instanceId: string): 'ECS' | 'SLB' | 'ADDRESS' | undefined {
  if (instanceId.startsWith('i-')) return 'ECS';
  if (instanceId.startsWith('lb-')) return 'SLB';
  return isPrivateAddress(instanceId) ? 'ADDRESS' : undefined;
}

/**
 * The private address behind an authorization's instance; undefined when the instance was deleted or is not
 * in a VPC.
 */
export function addressOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  const kind = targetKind(instanceId);
  if (kind === 'ADDRESS') return instanceId;
  if (kind === 'SLB') {
    const balancer = findLoadBalancer(state, instanceId);
    return balancer?.addressType === 'intranet' ? balancer.address : undefined;
  }
  const instance = kind && findInstance(state, instanceId);
  return instance && addressOfInstance(state, instance);
}

/** The VPC of an ECS instance or load balancer. */
export function vpcOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  return targetKind(instanceId) === 'SLB'
    ? findLoadBalancer(state, instanceId)?.vpcId
    : findInstance(state, instanceId)?.vpcId;
}
