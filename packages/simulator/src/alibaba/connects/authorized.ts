import type { AlibabaRegionState } from '../state/region-state.js';
import type { Finding, Target } from './connection.js';
import { findTarget, privateAddress } from './places.js';

/**
 * The target as a shared or conventional instance finds it: only what an authorization names, on its port.
 * @see https://www.alibabacloud.com/help/en/doc-detail/179362.htm
 */
export function authorized(state: AlibabaRegionState, given: string, port: number): Target | Finding {
  const address = privateAddress(state, given);
  const accesses = [...state.cloudApi.vpcAccesses.values()].filter(
    (row) =>
      row.port === port &&
      (row.instanceId === given || (address !== undefined && privateAddress(state, row.instanceId) === address)),
  );
  const [first] = accesses;
  if (!first || address === undefined) {
    return { by: 'authorization', because: `No VPC access authorization names ${given} and port ${port}.` };
  }
  // several VPCs may have the address: the one where it is in use is meant
  const targets = accesses.map(({ vpcId }) => findTarget(state, vpcId, address));
  return targets.find((found) => 'kind' in found) ?? findTarget(state, first.vpcId, address);
}
