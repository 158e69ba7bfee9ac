import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core';
import { parseNeeds } from '@postern/core/spec';
import { awsRegion } from '../../../core/test/check/checks/aws-region.js';
import type { Scenario } from './data-path.js';
import type * as planner from './planner-of-clouds.js';

/** `@postern/core/planner` and the options of the clouds, of the source or with a mistake planted in it. */
export type Planner = typeof planner;

const NOW = Date.parse('2026-11-22T00:00:00Z');
const EXAMPLES = new URL('../../../../examples/advise/', import.meta.url);

/** What is seen of one option: whether it fits, the sum of a month, and what it reaches first. */
function seen({ advise, planners, CLOUDS: clouds }: Planner, file: string, id: string, snapshot?: Snapshot): unknown {
  const needs = parseNeeds(readFileSync(new URL(`${file}.yaml`, EXAMPLES), 'utf8'), { clouds });
  const option = advise(needs, { clouds, planners, snapshot, now: NOW }).options.find((one) => one.id === id);
  return [option?.fits, option?.monthlyUsd, option?.binding?.quota, option?.binding?.needed, option?.binding?.limit];
}

/** An account with one link V2, whose quotas were read, or were not. */
function account(quotas?: Readonly<Record<string, number>>): Snapshot {
  const { quotas: _, ...region } = awsRegion();
  const gap = { what: 'quotas', operation: 'ListServiceQuotas', code: 'PERMISSION_DENIED', of: 'quotas' as const };
  const read = quotas === undefined ? { gaps: [gap] } : { quotas };
  const whole = ['links', 'loadBalancers', 'listeners'] as const;
  return {
    version: 1,
    takenAt: '2026-11-22T00:00:00.000Z',
    scope: 'all',
    regions: [{ ...region, whole, ...read }],
  };
}

const file = (name: string): string => `core/src/${name}`;

/** Files of needs, with the sums that examples/test/advise.verify.test.ts has by hand. */
export const PLANNER: Scenario<Planner> = {
  title: 'the options for needs, their sums and quotas',
  run: (module) =>
    Promise.resolve({
      team: seen(module, 'one-team', 'http-v2'),
      teams: seen(module, 'twelve-teams', 'http-v2'),
      behind: seen(module, 'twelve-teams', 'rest-v1-nlb-alb'),
      listeners: seen(module, 'forty-services', 'rest-v1-many-listeners'),
      vpcs: seen(module, 'several-vpcs', 'http-v2'),
      inside: seen(module, 'private-endpoint', 'rest-v1-per-balancer'),
      messages: seen(module, 'websocket', 'websocket-v1'),
      retired: seen(module, 'retired-product', 'alibaba-conventional'),
      account: seen(module, 'one-team', 'http-v2', account({ 'vpc-links': 2 })),
      unread: seen(module, 'one-team', 'http-v2', account()),
      used: module
        .quotaUses(account({ 'vpc-links': 2 }), { clouds: module.CLOUDS })
        .find(({ quota }) => quota === 'vpc-links')?.percent,
    }),
  wanted: {
    team: ['yes', 224.76, 'vpc-links', 1, 10],
    teams: ['yes', 520.54, 'application-load-balancers', 12, 50],
    // 1,103.76 of calls, two NLBs (32.85 and 7.22), twelve ALBs (197.10 and 9.62)
    behind: ['yes', 1350.55, 'targets-per-zone-per-network-load-balancer', 500, 500],
    listeners: ['yes', 385.55, 'listeners-per-network-load-balancer', 40, 50],
    vpcs: ['yes', 130.44, 'vpc-links', 2, 10],
    inside: ['yes', 147.99, 'vpc-links-v1', 1, 20],
    messages: ['yes', 75.01, 'vpc-links-v1', 1, 20],
    retired: ['no', 635.1, 'requests-per-second-of-instance', 1500, 2500],
    account: ['yes', 224.76, 'vpc-links', 2, 2],
    unread: ['unknown', 224.76, 'rules-per-application-load-balancer', 3, 100],
    used: 50,
  },
  mistakes: [
    {
      what: 'planner: the pool of links V1 for links V2',
      file: 'aws/src/http-apis/planner.ts',
      from: "links: 'vpc-links',",
      to: "links: 'vpc-links-v1',",
    },
    {
      what: 'planner: services of two VPCs share a link',
      file: file('planner/layout/layout.ts'),
      from: "linkServes === 'vpc' ? vpcsIn(services) : []",
      to: "linkServes === 'balancer' ? vpcsIn(services) : []",
    },
    {
      what: 'planner: callers of a private API need no endpoint',
      file: 'aws/src/planner/prices.ts',
      from: "of: 'private-endpoint',",
      to: "of: 'websocket',",
    },
    {
      what: 'planner: a wrong quota of listeners',
      file: 'aws/src/cloud/quotas/load-balancers.ts',
      from: "what: 'listeners of an NLB',\n    byDefault: 50,",
      to: "what: 'listeners of an NLB',\n    byDefault: 500,",
    },
    {
      what: 'planner: a price of an hour is taken for that of a month',
      file: file('planner/cost/cost.ts'),
      from: "const hours = per === 'hour' ? HOURS_A_MONTH : 1;",
      to: 'const hours = 1;',
    },
    {
      what: 'planner: the first tier of a price is paid again in the second',
      file: file('planner/cost/cost.ts'),
      from: 'Math.min(amount, upTo) - from',
      to: 'Math.min(amount, upTo)',
    },
    {
      what: 'planner: parts of an increment are not metered',
      file: file('planner/cost/traffic.ts'),
      from: 'Math.ceil(payloadKb / increment)',
      to: 'Math.floor(payloadKb / increment)',
    },
    {
      what: 'planner: what exists is not counted',
      file: file('planner/judge/quota-needs.ts'),
      from: 'used === undefined ? undefined : used + added',
      to: 'used === undefined ? undefined : added',
    },
    {
      what: 'planner: a quota that was not read is the default',
      file: file('planner/usage/usage.ts'),
      from: "return isGap ? { value: undefined, source: 'unknown' } : byDefault(quota, region.region);",
      to: 'return isGap ? byDefault(quota, region.region) : byDefault(quota, region.region);',
    },
    {
      what: 'planner: an ALB behind an NLB counts as one target',
      file: 'aws/src/planner/features.ts',
      from: 'ALB_COUNTS_AS = 50',
      to: 'ALB_COUNTS_AS = 1',
    },
    {
      what: 'planner: an instance of a retired product is sold until the service ends',
      file: file('planner/judge/obstacles.ts'),
      from: 'now < Date.parse(sale) ||',
      to: 'now < Date.parse(service) ||',
    },
    {
      what: 'quotas: links of other kinds are counted',
      file: file('planner/usage/counters.ts'),
      from: 'region.links.filter((link) => link.kind === kind).length',
      to: 'region.links.filter((link) => link.kind !== kind).length',
    },
  ],
};
