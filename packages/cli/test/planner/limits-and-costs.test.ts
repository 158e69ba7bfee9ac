import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { describe, expect, it } from 'vitest';
import { advised } from './advised.js';
import {
  adviceText,
  needsOfSnapshot,
  type Advice,
  type Needs,
  type ServiceNeeds,
} from '@postern/core/internal/planner';
import type { RegionSnapshot } from '../../../core/src/do/snapshot/snapshot.js';
import { optionSpecYaml } from '@postern/core/internal/spec';
import { largeShop } from '../../../core/test/check/graph/large-shop.js';

/** The region whose prices are known. */
const PRICED = 'us-east-1';

const of = (services: readonly ServiceNeeds[], more: Partial<Needs> = {}): Advice =>
  advised({ provider: 'aws', region: PRICED, services, ...more });
const option = ({ options }: Advice, id: string) => {
  const found = options.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no option ${id}`);
  return found;
};
const reason = (advice: Advice, id: string, code: string): string =>
  option(advice, id).reasons.find((one) => one.code === code)?.message ?? '';
const services = (count: number, more: (at: number) => Partial<ServiceNeeds> = () => ({})): ServiceNeeds[] =>
  Array.from({ length: count }, (_, at) => ({ name: `s${at}`, ...more(at) }));

describe('targets of ALBs', () => {
  it('are spread over as many ALBs as their quota needs', () => {
    const some = [300, 100, 150].map((targets, at) => ({ name: `s${at}`, targets }));
    const { options } = of(some);
    // In two zones 600 + 200 fit one ALB of 1,000, and 300 do not.
    expect(options.find(({ id }) => id === 'http-v2')?.picture).toContain('-> 2 ALBs ->');
  });

  it('refuse options for a service with more than one ALB may have, and say that it can be raised', () => {
    const many = of([{ name: 'a', targets: 600 }]);
    for (const id of ['http-v2', 'rest-v2', 'rest-v1-nlb-alb']) {
      expect({ id, fits: option(many, id).fits }).toEqual({ id, fits: 'no' });
      expect(reason(many, id, 'QUOTA_EXCEEDED')).toBe(
        'targets of an ALB: 1200 needed, the default is 1000. It can be raised.',
      );
    }
    expect(option(of([{ name: 'a', targets: 500 }]), 'http-v2').fits).toBe('yes');
  });
});

describe('a latency beyond the timeout of the gateway', () => {
  const slow = (latencyMs: number) => of(services(1), { latencyMs });
  it('does not fit an HTTP API, whose 30 s are fixed', () => {
    expect(option(slow(30_000), 'http-v2').fits).toBe('yes');
    expect(option(slow(30_001), 'http-v2').fits).toBe('no');
    expect(reason(slow(45_000), 'http-v2', 'TIMEOUT_SHORTER')).toContain('It cannot be raised.');
  });
  it('is unknown of a REST API, whose 29 s can be raised', () => {
    expect(option(slow(29_000), 'rest-v2').fits).toBe('yes');
    expect(option(slow(45_000), 'rest-v2').fits).toBe('unknown');
    expect(reason(slow(45_000), 'rest-v2', 'TIMEOUT_SHORTER')).toContain('L-E5AE38E3');
  });
});

describe('the payload', () => {
  const fitsWith = (more: Partial<ServiceNeeds>) => option(of(services(1, () => more)), 'http-v2').fits;
  it.each([
    [{ payloadKb: 10_240 }, 'yes'],
    [{ payloadKb: 12_288 }, 'unknown'],
    [{ payloadKb: 12_288, largestKb: 6_144 }, 'yes'],
    [{ payloadKb: 20_481 }, 'no'],
    [{ payloadKb: 1, largestKb: 10_241 }, 'no'],
  ])('%j with a limit of 10,240 KB for each of request and answer: %s', (more, fits) => {
    expect(fitsWith(more)).toBe(fits);
  });
  it('of a message is compared alone', () => {
    const message = (payloadKb: number) => of(services(1, () => ({ protocol: 'websocket', payloadKb })));
    expect(option(message(128), 'websocket-v1').fits).toBe('yes');
    expect(option(message(129), 'websocket-v1').fits).toBe('no');
  });
});

describe('the budget', () => {
  const some = [{ name: 'a', requestsPerSecond: 40, payloadKb: 1 }];
  const within = (region: string, budgetUsd: number) => option(of(some, { region, budgetUsd }), 'rest-v2').fits;
  it('is judged where the prices of the region are known, and unknown elsewhere', () => {
    expect([within(PRICED, 1_000), within(PRICED, 100)]).toEqual(['yes', 'no']);
    expect([within('cn-north-1', 1_000), within('eu-west-1', 100)]).toEqual(['unknown', 'unknown']);
    const advice = of(some, { region: 'eu-west-1', budgetUsd: 1_000 });
    expect(reason(advice, 'rest-v2', 'BUDGET_UNKNOWN')).toContain('the prices of eu-west-1 are not known');
    expect(option(advice, 'rest-v2')).toMatchObject({ priceRegion: PRICED });
  });

  it('of instances is judged in the mainland of China only', () => {
    const fits = (region: string) =>
      advised({ provider: 'alibaba', region, services: some, budgetUsd: 5_000 }, undefined, { now: 0 }).options.map(
        (one) => one.fits,
      );
    expect(fits('cn-hangzhou')).toEqual(['yes', 'yes', 'unknown']);
    expect(fits('eu-central-1')).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('is compared with the endpoint that callers of a private API need', () => {
    const private_ = {
      services: [{ name: 'a', requestsPerSecond: 100, payloadKb: 10, features: ['private-endpoint'] }],
    };
    // 951.27 of calls, NLB and its capacity; 14.60 for two zones; 2,506.26 GB x 0.01 = 25.06.
    const advice = of(private_.services as ServiceNeeds[], { budgetUsd: 955 });
    expect(option(advice, 'rest-v1-per-balancer')).toMatchObject({ fits: 'no', monthlyUsd: 990.93 });
  });

  it('prices data of endpoints by its tiers', () => {
    const advice = of([{ name: 'a', requestsPerSecond: 1_000, payloadKb: 1_000, features: ['private-endpoint'] }]);
    const part = option(advice, 'rest-v2').costParts.find(({ what }) => what === 'data of that endpoint');
    // 2,506,256 GB: the first 1,048,576 for 0.01, and the others for 0.006.
    expect(part?.usd).toBe(19_231.84);
  });
});

describe('several VPCs', () => {
  const apart = (count: number) => of(services(count, (at) => ({ vpc: `vpc-${at}` })));
  it('need a link V2 each, within the quota of links', () => {
    expect(option(apart(10), 'http-v2')).toMatchObject({ fits: 'yes', binding: { quota: 'vpc-links', needed: 10 } });
    expect(option(apart(11), 'http-v2').fits).toBe('no');
    expect(reason(apart(11), 'http-v2', 'QUOTA_EXCEEDED')).toContain('11 needed, the default is 10');
  });

  it('share no load balancer, and no link', () => {
    const advice = of([
      { name: 'a', vpc: 'one' },
      { name: 'b', vpc: 'two' },
      { name: 'c', vpc: 'one' },
    ]);
    for (const [id, picture] of [
      ['http-v2', '1 HTTP API -> 2 VPC links V2 -> 2 ALBs -> 3 services'],
      ['rest-v1-many-listeners', '1 REST API -> 2 VPC links V1 -> 2 NLBs -> 3 services'],
      ['rest-v1-nlb-alb', '1 REST API -> 2 VPC links V1 -> 2 NLBs -> 2 ALBs -> 3 services'],
    ] as const)
      expect(option(advice, id).picture).toBe(picture);
    const spec = parseSpec(optionSpecYaml(option(advice, 'http-v2')) ?? '', { env: { API: 'a1b2c3d4e5' } });
    expect(Object.keys(spec.links)).toEqual(['one', 'two']);
    expect(Object.values(spec.integrations).map(({ link, routes }) => [link, Object.keys(routes).length])).toEqual([
      ['one', 4],
      ['two', 2],
    ]);
  });

  it('are those of the targets in a snapshot, where there are several', () => {
    const { snapshot } = largeShop(2, 1);
    const vpcsIn = (targets: RegionSnapshot['targets']) =>
      needsOfSnapshot(
        { ...snapshot, regions: snapshot.regions.map((one) => ({ ...one, targets })) },
        { clouds: CLOUDS },
      ).services.map(({ vpc }) => vpc);
    const [region] = snapshot.regions;
    const targets = region?.targets ?? [];
    expect(vpcsIn(targets)).toEqual([undefined, undefined]);
    expect(vpcsIn(targets.map((one, at) => ({ ...one, networkId: `vpc-${at}` })))).toEqual(['vpc-0', 'vpc-1']);
  });

  it('need an instance each that is in one VPC, and one that reaches all', () => {
    const some = services(2, (at) => ({ vpc: `vpc-${at}`, requestsPerSecond: 10 }));
    const { options } = advised({ provider: 'alibaba', region: 'cn-hangzhou', services: some }, undefined, { now: 0 });
    expect(options.map(({ id, picture, fits }) => [id, picture.split(' -> ')[1], fits])).toEqual([
      ['alibaba-conventional', '1 dedicated instance', 'yes'],
      ['alibaba-vpc-integration', '2 VPC integration instances', 'yes'],
      ['alibaba-apig', '2 gateways in the VPC', 'unknown'],
    ]);
    expect(options.find(({ id }) => id === 'alibaba-vpc-integration')?.costParts).toHaveLength(2);
  });
});

it('counts as blast radius what the widest load balancer and link carry, and no average', () => {
  const advice = of(services(25, (at) => ({ team: `t${at}` })));
  // Ten ALBs fill an NLB, and a link V1 has one NLB.
  expect(reason(advice, 'rest-v1-nlb-alb', 'BLAST_RADIUS')).toContain('one NLB 10, one VPC link V1 10.');
});

it('ranks the nearest miss first where nothing fits', () => {
  const poor = of([{ name: 'a', requestsPerSecond: 100, payloadKb: 1 }], { budgetUsd: 1 });
  expect(poor.options.map(({ fits }) => fits)).not.toContain('yes');
  expect(poor.options[0]?.id).toBe('http-v2');
  expect(poor.options.at(-1)?.id).toBe('websocket-v1');
});

it('writes amounts with two decimals', () => {
  const text = adviceText(of([{ name: 'a', requestsPerSecond: 4_000, payloadKb: 1 }]));
  const amounts = [...text.matchAll(/(?:USD |= )(\d+\.\d+)(?=[ ).;,])/g)].map(([, amount = '']) => amount);
  expect(amounts.length).toBeGreaterThan(10);
  for (const amount of amounts) expect(amount).toMatch(/\.\d\d$/);
});

describe('a backend of another account', () => {
  const accounts = ['111122223333', '444455556666'];
  it('has three ways on AWS, with the limits, the cost and the source of each', () => {
    const message = reason(of([{ name: 'a', account: accounts[1] }], { accounts }), 'http-v2', 'CROSS_ACCOUNT');
    expect(message.split(/ (?=\(\d\))/)).toEqual([
      'A VPC link V2 does not cross accounts. Ways to reach a:',
      expect.stringMatching(/^\(1\) Share the subnets .* It adds no cost\. See https:/),
      expect.stringMatching(/^\(2\) Create an endpoint service .* Its cost is in the sum\. See https:/),
      expect.stringMatching(
        /^\(3\) Without an NLB: .* TCP only, .* Its cost is not in the sum: no price could be read\. See https:/,
      ),
    ]);
  });
});

it('a web ACL has a rule for each API that needs it, and for no other', () => {
  const some = services(3, (at) => ({ team: `t${at}`, requestsPerSecond: 1, payloadKb: 1 }));
  const [first, ...others] = some.map((one, at) => (at === 0 ? { ...one, features: ['waf' as const] } : one));
  const { costParts } = option(of([first!, ...others]), 'rest-v2');
  const formulas = costParts.flatMap(({ what, formula }) => (/web ACL|rule/.test(what) ? [`${what}: ${formula}`] : []));
  expect(formulas).toEqual(['web ACLs: 1 x 5 USD', 'a rule of each: 1 x 1 USD']);
});

describe('peaks', () => {
  it('are compared with the requests per second of the account', () => {
    const some = (peakRequestsPerSecond: number) =>
      of([{ name: 'a', requestsPerSecond: 100, peakRequestsPerSecond, payloadKb: 1 }]);
    expect(option(some(10_000), 'http-v2').fits).toBe('yes');
    expect(option(some(10_001), 'http-v2').fits).toBe('no');
    expect(option(some(10_000), 'http-v2').monthlyUsd).toBe(option(some(100), 'http-v2').monthlyUsd);
    expect(reason(some(200), 'http-v2', 'PEAKS')).toBe('');
  });
  it('that are not written are named, with what an account may have at once', () => {
    expect(reason(of([{ name: 'a', requestsPerSecond: 1 }]), 'http-v2', 'PEAKS')).toContain('over 5000 requests');
    const slow = of([{ name: 'a', requestsPerSecond: 1 }], { region: 'eu-south-1' });
    expect(reason(slow, 'http-v2', 'PEAKS')).toContain('over 1250 requests');
  });
  it('below the average are refused', () => {
    expect(() => of([{ name: 'a', requestsPerSecond: 2, peakRequestsPerSecond: 1 }])).toThrow(
      expect.objectContaining({ code: 'CONTRADICTING_NEEDS' }),
    );
  });
});

it('writes an identity into a spec, and what it does not set', () => {
  const advice = of([{ name: 'a', features: ['waf', 'caching', 'usage-plans'] }]);
  const text = optionSpecYaml(option(advice, 'rest-v2'), 'advised-abc123') ?? '';
  expect(text).toContain('# Set on the API, and not by this spec: usage-plans, caching, waf.\n');
  expect(text).toContain('project: advised\nspec: advised-abc123\n');
});

it('says of rule evaluations that they are the most', () => {
  const parts = (count: number) =>
    option(of(services(count, () => ({ requestsPerSecond: 10, payloadKb: 1 }))), 'http-v2').costParts;
  const units = (count: number) => parts(count).find(({ what }) => what.startsWith('capacity units'))?.what;
  expect(units(10)).toBe('capacity units of ALBs');
  expect(units(60)).toBe('capacity units of ALBs (at most: as if each request passed all rules)');
});
