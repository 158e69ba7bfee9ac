import { quotasByName, type BalancerQuotas } from '@postern/core/internal/kinds';

const ALB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html';
const NLB = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html';

/** Quotas of Elastic Load Balancing, and of network interfaces. */
export const LOAD_BALANCER_QUOTAS = quotasByName({
  'application-load-balancers': {
    what: 'Application Load Balancers',
    byDefault: 50,
    code: 'L-53DA6B97',
    grows: 'each team, or service, with an ALB of its own',
    source: ALB,
  },
  'rules-per-application-load-balancer': {
    what: 'rules of an ALB',
    byDefault: 100,
    byTicket: true,
    grows: 'each service behind the ALB',
    source: ALB,
  },
  'target-groups-per-application-load-balancer': {
    what: 'target groups of an ALB',
    byDefault: 100,
    grows: 'each service behind the ALB',
    source: ALB,
  },
  'targets-per-application-load-balancer': {
    what: 'targets of an ALB',
    byDefault: 1_000,
    byTicket: true,
    grows: 'each target of each service, in all zones',
    source: ALB,
  },
  'network-load-balancers': {
    what: 'Network Load Balancers',
    byDefault: 50,
    code: 'L-69A177A2',
    grows: 'each VPC link V1',
    source: NLB,
  },
  'listeners-per-network-load-balancer': {
    what: 'listeners of an NLB',
    byDefault: 50,
    grows: 'each service behind the NLB',
    source: NLB,
  },
  'targets-per-zone-per-network-load-balancer': {
    what: 'targets of an NLB in a zone; an ALB counts 50',
    byDefault: 500,
    byTicket: true,
    grows: 'each target of each service in a zone, and each ALB behind the NLB',
    source: NLB,
  },
  'security-groups-per-interface': {
    what: 'security groups of a network interface',
    byDefault: 5,
    code: 'L-2AFB9258',
    grows: 'each security group of a link',
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups',
  },
});

/** Those of load balancers, by the kind that snapshots have. */
export const BALANCER_QUOTAS = {
  application: {
    balancers: LOAD_BALANCER_QUOTAS['application-load-balancers'],
    rules: LOAD_BALANCER_QUOTAS['rules-per-application-load-balancer'],
    targetGroups: LOAD_BALANCER_QUOTAS['target-groups-per-application-load-balancer'],
    targets: LOAD_BALANCER_QUOTAS['targets-per-application-load-balancer'],
  },
  network: {
    balancers: LOAD_BALANCER_QUOTAS['network-load-balancers'],
    listeners: LOAD_BALANCER_QUOTAS['listeners-per-network-load-balancer'],
    targetsPerZone: LOAD_BALANCER_QUOTAS['targets-per-zone-per-network-load-balancer'],
  },
} as const satisfies Readonly<Record<string, BalancerQuotas>>;
