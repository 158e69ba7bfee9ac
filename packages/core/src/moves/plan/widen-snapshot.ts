import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import type { MovePlan, WidenEntry } from './move-plan.js';

/** The snapshot as it is after the entries were added, so that validation judges what remains. */
export function widenSnapshot(
  snapshot: Snapshot,
  { provider, region, account }: Pick<MovePlan, 'provider' | 'region' | 'account'>,
  entries: readonly WidenEntry[],
): Snapshot {
  if (entries.length === 0) return snapshot;
  const regions = snapshot.regions.map((one) =>
    one.provider === provider && one.region === region && one.account === account ? widened(one, entries) : one,
  );
  return { ...snapshot, regions };
}

function widened(region: RegionSnapshot, entries: readonly WidenEntry[]): RegionSnapshot {
  const allowlists = region.allowlists.map((list) => {
    const added = entries.flatMap((one) =>
      one.kind === 'allowlist' && one.link.id === list.linkId ? [one.entry] : [],
    );
    return added.length === 0 ? list : { ...list, entries: [...list.entries, ...added] };
  });
  const securityGroups = region.securityGroups.map((group) => {
    const added = entries.flatMap((one) => (one.kind === 'group-rule' && one.rule.groupId === group.id ? [one] : []));
    if (added.length === 0) return group;
    const rules = added.map(({ rule: { direction, fromPort, toPort, cidr, peerGroupId, priority } }) => ({
      direction: direction === 'ingress' ? ('in' as const) : ('out' as const),
      protocol: 'tcp',
      fromPort,
      toPort,
      cidrBlock: cidr,
      securityGroupId: peerGroupId,
      action: 'allow' as const,
      priority,
    }));
    return { ...group, rules: [...group.rules, ...rules] };
  });
  return { ...region, allowlists, securityGroups };
}
