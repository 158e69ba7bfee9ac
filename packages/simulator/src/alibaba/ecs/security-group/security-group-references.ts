import type { AlibabaNetworkState } from '../../vpc/state.js';

/** The ids of the other groups whose rules name a group. */
export function referencing({ securityGroups }: AlibabaNetworkState, groupId: string): string[] {
  return [...securityGroups.values()]
    .filter(({ rules }) => rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === groupId))
    .map(({ id }) => id);
}
