import type { RegionSnapshot, GatewayUse, AssumedFacts } from '@postern/core/internal/library';

/** A validation with a mistake: it does not read something, or does not report it. */
export interface Mutant {
  readonly id: string;
  /** How it changes what was observed. */
  readonly sees?: ((region: RegionSnapshot, to: string) => RegionSnapshot) | undefined;
  /** Which checks it has. */
  readonly says?: ((check: string) => boolean) | undefined;
  readonly assumes?: AssumedFacts | undefined;
}

const uses =
  (keep: (use: GatewayUse) => boolean) =>
  (region: RegionSnapshot): RegionSnapshot => ({
    ...region,
    gateways: region.gateways.map((one) => (one.uses ? { ...one, uses: one.uses.filter((use) => keep(use)) } : one)),
  });

const without = (family: RegExp) => (check: string) => !family.test(check);

/** At least twelve, each of which a fault of the catalogue must detect. */
export const MUTANTS: readonly Mutant[] = [
  { id: 'drafts only', sees: uses(({ stage }) => stage === undefined) },
  { id: 'what is published only', sees: uses(({ stage, kind }) => stage !== undefined || kind !== 'route') },
  { id: 'RELEASE only', sees: uses(({ stage }) => stage === undefined || stage === 'RELEASE') },
  { id: 'no plug-ins', sees: uses(({ kind }) => kind !== 'plugin') },
  { id: 'routing plug-ins only', sees: uses(({ pluginType = 'routing' }) => pluginType === 'routing') },
  { id: 'no named backends', sees: uses(({ kind }) => kind !== 'backend') },
  { id: 'authorizations only', sees: uses(({ host }) => host === undefined) },
  {
    id: 'egress of one zone only',
    sees: (region, to) => ({
      ...region,
      links: region.links.map((one) => (one.id === to ? { ...one, subnetIds: one.subnetIds.slice(0, 1) } : one)),
    }),
  },
  {
    id: 'no network ACLs',
    sees: (region) => ({ ...region, subnets: region.subnets.map((one) => ({ ...one, networkAclId: null })) }),
  },
  {
    id: 'drops taken for nothing',
    sees: (region) => ({
      ...region,
      securityGroups: region.securityGroups.map((one) => ({
        ...one,
        rules: one.rules.filter(({ action }) => action !== 'drop'),
      })),
    }),
  },
  {
    id: 'everything accessible',
    sees: (region) => ({
      ...region,
      allowlists: region.allowlists.map((one) => ({
        ...one,
        entries: one.entries.map((entry) => ({ ...entry, cidrBlock: '10.0.0.0/8' })),
      })),
    }),
  },
  {
    id: 'no access control lists',
    sees: (region) => ({
      ...region,
      listeners: region.listeners.map((one) => ({ ...one, accessControl: undefined })),
    }),
  },
  { id: 'no VPC compared', says: without(/^migrate\/network$/) },
  { id: 'no way back of answers', says: without(/^path\/return$/) },
  { id: 'no settings', says: without(/^migrate\/(?:https-policy|rate|domains|client-network|ipv6|custom-domain)$/) },
  { id: 'no blockers', says: without(/^migrate\/(?:locked|ready|under-way|switch-pending|refused)$/) },
  { id: 'unknown is fine', says: without(/^migrate\/(?:known|stage-variable)$/) },
  { id: 'no security groups', says: without(/^path\/security-group$/) },
  { id: 'no routes', says: without(/^path\/(?:route|return)$/) },
  { id: 'no private names', says: without(/^migrate\/private-domain$/) },
  { id: 'no listeners', says: without(/^path\/load-balancer$/) },
  { id: 'no registries', sees: uses(({ registry }) => registry === undefined) },
  {
    id: 'whoever is on premises answers',
    says: without(/^path\/on-premises$/),
    assumes: { returnPaths: ['0.0.0.0/0'] },
  },
  { id: 'no service-linked role', says: without(/^link\/service-role$/) },
  { id: 'no end of service', sees: (region) => ({ ...region, retirement: undefined }) },
  {
    id: 'all specs alike',
    sees: (region) => ({
      ...region,
      links: region.links.map((one) => ({ ...one, settings: { ...one.settings, spec: 'api.s1.small' } })),
    }),
  },
  { id: 'no rollback', says: without(/^migrate\/(?:rollback|plain-address)$/) },
];
