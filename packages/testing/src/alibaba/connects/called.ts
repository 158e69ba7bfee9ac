import type { Destination } from '../../simulation/cloud.js';
import type { AlibabaRegionState } from '../state/region-state.js';

/**
 * The address (or id) and port that a destination means. A target is a VPC access authorisation, by id or by name; its port
 * counts unless another is given.
 */
export function called(
  { cloudApi }: AlibabaRegionState,
  to: Destination,
  port?: number,
): readonly [address: string, port: number | undefined] {
  if (typeof to === 'string') return [to, port];
  const access = [...cloudApi.vpcAccesses.values()].find(({ id, name }) => id === to.targetId || name === to.targetId);
  return [access?.instanceId ?? to.targetId, port ?? access?.port];
}
