import type { Snapshot } from '@postern/core/internal/library';

/**
 * A snapshot of what the stack `shop` created, with the tags of CloudFormation: `names` has logical IDs by ID. A security group that
 * has no rule for what leaves it gets one, as CloudFormation leaves it: to `out`.
 */
export function taggedStack(base: Snapshot, names: ReadonlyMap<unknown, string>, out: string): Snapshot {
  const tagged = <T extends { readonly id: string }>(items: readonly T[]): readonly T[] =>
    items.map((one) => {
      const name = names.get(one.id);
      const tags = { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': name };
      return name === undefined ? one : { ...one, tags };
    });
  const rule = { direction: 'out', protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: out } as const;
  const regions = base.regions.map((region) => ({
    ...region,
    links: tagged(region.links),
    gateways: tagged(region.gateways),
    networks: tagged(region.networks),
    subnets: tagged(region.subnets),
    securityGroups: tagged(region.securityGroups).map((one) =>
      one.rules.some(({ direction }) => direction === 'out') ? one : { ...one, rules: [...one.rules, rule] },
    ),
  }));
  return { ...base, regions };
}
