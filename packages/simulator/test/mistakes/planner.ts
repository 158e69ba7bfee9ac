import { readFileSync } from 'node:fs';
import type { Snapshot } from '@postern/core/internal/library';
import { parseNeeds } from '@postern/core/internal/spec';
import { awsRegion } from '../../../core/test/check/checks/aws-region.js';
import type { Scenario } from './data-path.js';
import type * as planner from './planner-of-clouds.js';
import { mistakesIn } from '../mistakes-in.js';

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
    ...mistakesIn('aws/src/http-apis/planner.ts', [
      ['planner: the pool of links V1 for links V2', "links: 'vpc-links',", "links: 'vpc-links-v1',"],
    ]),
    ...mistakesIn(file('planner/layout/layout.ts'), [
      [
        'planner: services of two VPCs share a link',
        "linkServes === 'vpc' ? vpcsIn(services) : []",
        "linkServes === 'balancer' ? vpcsIn(services) : []",
      ],
    ]),
    ...mistakesIn('aws/src/planner/prices.ts', [
      ['planner: callers of a private API need no endpoint', "of: 'private-endpoint',", "of: 'websocket',"],
    ]),
    ...mistakesIn('aws/src/cloud/quotas/load-balancers.ts', [
      [
        'planner: a wrong quota of listeners',
        "what: 'listeners of an NLB',\n    byDefault: 50,",
        "what: 'listeners of an NLB',\n    byDefault: 500,",
      ],
    ]),
    ...mistakesIn(file('planner/cost/cost.ts'), [
      [
        'planner: a price of an hour is taken for that of a month',
        "const hours = per === 'hour' ? HOURS_A_MONTH : 1;",
        'const hours = 1;',
      ],
      [
        'planner: the first tier of a price is paid again in the second',
        'Math.min(amount, upTo) - from',
        'Math.min(amount, upTo)',
      ],
    ]),
    ...mistakesIn(file('planner/cost/cost.ts'), [
      [
        'planner: parts of an increment are not metered',
        'Math.ceil(payloadKb / increment)',
        'Math.floor(payloadKb / increment)',
      ],
    ]),
    ...mistakesIn(file('planner/judge/quota-needs.ts'), [
      [
        'planner: what exists is not counted',
        'used === undefined ? undefined : used + added',
        'used === undefined ? undefined : added',
      ],
    ]),
    ...mistakesIn(file('planner/usage/usage.ts'), [
      [
        'planner: a quota that was not read is the default',
        "return isGap ? { value: undefined, source: 'unknown' } : byDefault(quota, region.region);",
        'return isGap ? byDefault(quota, region.region) : byDefault(quota, region.region);',
      ],
    ]),
    ...mistakesIn('aws/src/planner/features.ts', [
      ['planner: an ALB behind an NLB counts as one target', 'ALB_COUNTS_AS = 50', 'ALB_COUNTS_AS = 1'],
    ]),
    ...mistakesIn(file('planner/judge/obstacles.ts'), [
      [
        'planner: an instance of a retired product is sold until the service ends',
        'now < Date.parse(sale) ||',
        'now < Date.parse(service) ||',
      ],
    ]),
    ...mistakesIn(file('planner/usage/counters.ts'), [
      [
        'quotas: links of other kinds are counted',
        'region.links.filter((link) => link.kind === kind).length',
        'region.links.filter((link) => link.kind !== kind).length',
      ],
    ]),
  ],
};
