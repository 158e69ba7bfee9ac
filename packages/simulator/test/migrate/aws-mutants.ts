import type { Mutant } from './mutants.js';

/** A validation with a mistake, and the fault that detects it. */
export interface AwsMutant extends Mutant {
  readonly shown: string;
}

const without = (family: RegExp) => (check: string) => !family.test(check);

/** Validations that omit one family of checks, or read only a part. */
export const AWS_MUTANTS: readonly AwsMutant[] = [
  { id: 'no security groups', shown: 'aws-sg-in', says: without(/^path\/security-group$/) },
  {
    id: 'rules for callers only',
    shown: 'aws-sg-out',
    sees: (region) => ({
      ...region,
      securityGroups: region.securityGroups.map((one) => ({
        ...one,
        rules: [
          ...one.rules.filter(({ direction }) => direction !== 'out'),
          ...region.securityGroups.flatMap(({ rules }) => rules.filter(({ direction }) => direction === 'out')),
        ],
      })),
    }),
  },
  {
    id: 'no network ACLs',
    shown: 'aws-nacl-out',
    sees: (region) => ({ ...region, subnets: region.subnets.map((one) => ({ ...one, networkAclId: null })) }),
  },
  { id: 'no way back of answers', shown: 'aws-nacl-back', says: without(/^path\/return$/) },
  {
    id: 'one subnet only',
    shown: 'aws-nacl-out',
    sees: (region, to) => ({
      ...region,
      links: region.links.map((one) => (one.id === to ? { ...one, subnetIds: one.subnetIds.slice(0, 1) } : one)),
    }),
  },
  { id: 'no VPC compared', shown: 'aws-network', says: without(/^target\/network$/) },
  { id: 'every link is ready', shown: 'aws-pending', says: without(/^migrate\/ready$/) },
  { id: 'no link sleeps', shown: 'aws-asleep', says: without(/^link\/inactive$/) },
  { id: 'no zones', shown: 'aws-zone', says: without(/^migrate\/zones$/) },
  {
    id: 'each route has an integration of its own',
    shown: 'aws-shared',
    sees: (region) => ({
      ...region,
      gateways: region.gateways.map((one) => ({
        ...one,
        routes: one.routes.map((route) => ({ ...route, integrationId: route.id })),
      })),
    }),
  },
  {
    id: 'no quota',
    shown: 'aws-quota-alone',
    sees: (region) => ({ ...region, quotas: { ...region.quotas, 'integrations-per-api': 100_000 } }),
  },
  { id: 'no warning of a full quota', shown: 'aws-quota-trial', says: without(/^migrate\/quota$/) },
  { id: 'unknown is fine', shown: 'aws-denied-routes', says: without(/^migrate\/known$/) },
  {
    id: 'what was not read is not there',
    shown: 'aws-denied-groups',
    // Without health checks: what targets show would contradict groups that are not there.
    sees: (region) => ({
      ...region,
      gaps: [],
      whole: [...(region.whole ?? []), 'securityGroups'],
      targetGroups: region.targetGroups?.map((one) => ({ ...one, healthCheck: undefined })),
    }),
  },
];
