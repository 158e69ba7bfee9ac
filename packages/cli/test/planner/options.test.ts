import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advised } from './advised.js';
import { runs } from '../../../core/test/runs.js';
import { FEATURES, PROTOCOLS, adviceJson, type Advice, type Needs } from '@postern/core/internal/planner';
import { cloudNativeIn, traditionalIn } from '../../../alibaba/src/cloud/regions.js';
import { linksV2In } from '../../../aws/src/planner/features.js';
import { needsFaults } from '../../../core/src/planner/needs/check-needs.js';
import { servicesOf } from '../../../core/src/planner/needs/needs.js';
import type { RegionSnapshot, Snapshot } from '../../../core/src/do/snapshot/snapshot.js';
import { awsRegion } from '../../../core/test/check/checks/aws-region.js';

const NEEDS: Needs = {
  provider: 'aws',
  region: 'eu-west-1',
  services: [
    { name: 'orders', team: 'shop' },
    { name: 'billing', team: 'money' },
  ],
};
const snapshotOf = (region: RegionSnapshot): Snapshot => ({
  version: 1,
  takenAt: '2026-06-01T00:00:00.000Z',
  scope: 'all',
  regions: [region],
});
const option = (advice: Advice, id: string) => {
  const found = advice.options.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no option ${id}`);
  return found;
};
const codes = (advice: Advice, id: string) => option(advice, id).reasons.map(({ code }) => code);

describe('advise', () => {
  it('contact L: says of an option that fits that the next one does not', () => {
    const services = [{ name: 'chat', protocol: 'websocket' as const }];
    const texts = advised({ ...NEEDS, services }).options.flatMap(({ reasons }) =>
      reasons.map(({ message }) => message),
    );
    expect(texts.join('\n')).toMatch(/Rank \d: it fits, and "[^"]+" does not\.|Rank \d: it fits, and whether/);
  });

  it('has the members of version 1 in JSON, and no others', () => {
    const { version, options } = adviceJson(advised(NEEDS)) as { version: number; options: object[] };
    expect(version).toBe(1);
    for (const one of options) {
      expect(Object.keys(one)).toEqual('id fits rank reasons binding monthlyUsd priceRegion hops spec'.split(' '));
      const { reasons, binding } = one as { reasons: object[]; binding: object };
      for (const reason of reasons) expect(Object.keys(reason)).toEqual(['code', 'message']);
      expect(Object.keys(binding)).toEqual(['quota', 'limit', 'needed', 'source']);
    }
  });

  it('reads quotas of the account, and counts what exists', () => {
    const region = {
      ...awsRegion(),
      quotas: { 'vpc-links': 3 },
      whole: ['links', 'loadBalancers', 'listeners'] as const,
    };
    expect(option(advised(NEEDS, snapshotOf(region)), 'http-v2').binding).toEqual({
      quota: 'vpc-links',
      limit: 3,
      needed: 2, // one exists
      source: 'account',
    });
  });

  it('does not make a limit up where quotas were not read', () => {
    const gap = { what: 'quotas', operation: 'ListServiceQuotas', code: 'PERMISSION_DENIED', of: 'quotas' as const };
    const { quotas: _, ...region } = awsRegion();
    const advice = advised(
      NEEDS,
      snapshotOf({ ...region, gaps: [gap], whole: ['links', 'loadBalancers', 'listeners'] }),
    );
    expect(option(advice, 'http-v2').fits).toBe('unknown');
    expect(codes(advice, 'http-v2')).toContain('QUOTA_UNKNOWN');
  });

  it('does not make a number up where links were not read', () => {
    const gap = { what: 'links', operation: 'GetVpcLinks', code: 'PERMISSION_DENIED', of: 'links' as const };
    const advice = advised(NEEDS, snapshotOf({ ...awsRegion(), gaps: [gap], quotas: { 'vpc-links': 10 } }));
    expect(option(advice, 'http-v2').fits).toBe('unknown');
    const full = advised(NEEDS, snapshotOf({ ...awsRegion(), gaps: [gap], quotas: { 'vpc-links': 0 } }));
    expect(option(full, 'http-v2').fits).toBe('no');
  });

  it('refuses a snapshot of another region or account', () => {
    const other = { ...NEEDS, region: 'us-east-1' };
    expect(() => advised(other, snapshotOf(awsRegion()))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const accounts = { ...NEEDS, accounts: ['999988887777'] };
    expect(() => advised(accounts, snapshotOf(awsRegion()))).toThrow(/account 999988887777/);
  });

  it.each([
    ['us-gov-east-1', 'no', 'PRODUCT_NOT_IN_REGION'],
    ['ap-southeast-3', 'unknown', 'REGION_UNKNOWN'],
  ])('in %s a VPC link V2 is: %s', (region, fits, code) => {
    const advice = advised({ ...NEEDS, region });
    expect(option(advice, 'http-v2').fits).toBe(fits);
    expect(codes(advice, 'http-v2')).toContain(code);
  });

  it.each(['cn-hangzhou', 'us-southeast-1'])('in %s Cloud-native API Gateway is offered', (region) => {
    expect(cloudNativeIn(region)).toBe('yes');
  });

  it('a region that no table has is unknown, of every product', () => {
    for (const servedIn of [cloudNativeIn, traditionalIn, linksV2In]) expect(servedIn('xx-new-1')).toBe('unknown');
  });

  it('has fewer requests per second where AWS gives fewer', () => {
    const services = [{ name: 'orders', requestsPerSecond: 3_000 }];
    expect(option(advised({ ...NEEDS, services }), 'rest-v1-per-balancer').fits).toBe('yes');
    const slow = advised({ ...NEEDS, region: 'eu-south-1', services });
    expect(option(slow, 'rest-v1-per-balancer').binding).toMatchObject({ quota: 'requests-per-second', limit: 2_500 });
    expect(option(slow, 'rest-v1-per-balancer').fits).toBe('no');
  });

  it('shares an API where there may not be one for each team, and says so', () => {
    expect(codes(advised(NEEDS), 'rest-v2')).toContain('INDEPENDENT_DEPLOYMENTS');
    const shared = advised({ ...NEEDS, gateways: 1 });
    expect(codes(shared, 'rest-v2')).toContain('SHARED_DEPLOYMENTS');
    expect(codes(shared, 'http-v2')).toContain('INDEPENDENT_DEPLOYMENTS');
    expect(option(shared, 'rest-v2').fits).toBe('yes');
  });

  it('says how many APIs are needed where that is more than there may be', () => {
    const services = Array.from({ length: 400 }, (_, at) => ({ name: `s${at}` }));
    const advice = advised({ ...NEEDS, services, gateways: 2 });
    expect(option(advice, 'http-v2').reasons).toContainEqual({
      code: 'GATEWAYS_EXCEEDED',
      verdict: 'fail',
      message: '3 APIs needed, and `gateways` allows 2.',
    });
  });

  it('ranks fewer hops before a lower price where a latency is needed', () => {
    const services = Array.from({ length: 30 }, (_, at) => ({ name: `s${at}`, requestsPerSecond: 1, payloadKb: 1 }));
    const order = advised({ ...NEEDS, services, latencyMs: 500 }).options.filter(({ fits }) => fits === 'yes');
    const hops = order.map((one) => one.hops.length);
    expect(hops).toEqual(hops.toSorted((a, b) => a - b));
  });

  it('keeps an instance of a retired product that exists', () => {
    const needs: Needs = { ...NEEDS, provider: 'alibaba', region: 'cn-hangzhou' };
    const now = Date.parse('2026-11-22T00:00:00Z');
    const link = {
      ...awsRegion().links[0],
      id: 'apigateway-hz-1',
      kind: 'integration-instance',
    } as RegionSnapshot['links'][number];
    const region = { ...awsRegion(), provider: 'alibaba', region: 'cn-hangzhou', links: [link], gateways: [] };
    const advice = advised(needs, snapshotOf(region), { now });
    expect(option(advice, 'alibaba-vpc-integration')).toMatchObject({
      spec: { links: { gateway: { id: 'apigateway-hz-1' } } },
    });
    expect(codes(advice, 'alibaba-vpc-integration')).toContain('PRODUCT_RETIRING');
    expect(codes(advice, 'alibaba-conventional')).toContain('PRODUCT_RETIRED');
    for (const id of ['alibaba-vpc-integration', 'alibaba-conventional'])
      expect(JSON.stringify(option(advice, id)?.reasons)).toContain(
        'leaves the switch to DNS. `postern handover` also',
      );
    const over = advised(needs, snapshotOf(region), { now: Date.parse('2027-10-01T00:00:00Z') });
    expect(codes(over, 'alibaba-vpc-integration')).toContain('PRODUCT_RETIRED');
  });
});

/** Values of variables, by the end of their names. */
const VALUES = [
  ['_BLOCK', '10.0.0.0/16'],
  ['_INSTANCE', 'lb-bp1x2y3z'],
  ['INSTANCE', 'apigateway-hz-72bc18d4f1aa'],
] as const;

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const arbNeeds: fc.Arbitrary<Needs> = fc.record(
  {
    provider: fc.constantFrom('aws' as const, 'alibaba' as const),
    region: fc.constantFrom('eu-west-1', 'us-east-1'),
    services: fc.uniqueArray(
      fc.record(
        {
          name,
          requestsPerSecond: fc.double({ min: 0, max: 20_000, noNaN: true }),
          payloadKb: fc.double({ min: 0, max: 20_000, noNaN: true }),
          protocol: fc.constantFrom(...PROTOCOLS),
          team: name,
          features: fc.subarray([...FEATURES]),
          targets: fc.integer({ min: 1, max: 600 }),
        },
        { requiredKeys: ['name'] },
      ),
      { minLength: 1, maxLength: 60, selector: (one) => one.name.toLowerCase() },
    ),
    gateways: fc.integer({ min: 1, max: 20 }),
    latencyMs: fc.integer({ min: 1, max: 100_000 }),
    budgetUsd: fc.integer({ min: 0, max: 100_000 }),
  },
  { requiredKeys: ['provider', 'region', 'services'] },
);

describe('needs for connections and requests', () => {
  const mixed: Needs = {
    provider: 'aws',
    region: 'eu-west-1',
    services: [
      { name: 'orders', team: 'shop', requestsPerSecond: 10, payloadKb: 1 },
      { name: 'chat', team: 'talk', protocol: 'websocket', requestsPerSecond: 10, payloadKb: 1 },
      { name: 'board', team: 'talk', protocol: 'websocket', requestsPerSecond: 10, payloadKb: 1 },
    ],
  };

  it('are split: load balancers, links and APIs of both parts have names of their own', () => {
    const found = option(advised(mixed), 'rest-v1-many-listeners');
    expect(found.fits).toBe('yes');
    const { links, integrations } = found.spec as unknown as {
      links: object;
      integrations: Record<string, { link: string; gateway: Record<string, string> }>;
    };
    expect(Object.keys(links)).toEqual(['services-nlb', 'services-nlb-2']);
    expect(
      Object.entries(integrations).map(([name, { link, gateway }]) => [name, link, Object.values(gateway)[0]]),
    ).toEqual([
      ['shop', 'services-nlb', '${env:API_1}'],
      ['talk', 'services-nlb-2', '${env:API_2}'],
      ['talk-2', 'services-nlb-2', '${env:API_3}'],
    ]);
  });

  it('are refused where the part of one of them does not fit, or both together do not', () => {
    const large = { ...mixed, services: mixed.services.map((one) => ({ ...one, payloadKb: 200 })) };
    // A message has 128 KB at most, a request 10,240.
    expect(option(advised(large), 'http-v2').fits).toBe('no');
    expect(codes(advised(large), 'http-v2')).toContain('PAYLOAD_TOO_LARGE');
    const few = advised({ ...mixed, gateways: 2 });
    expect(codes(few, 'http-v2')).toContain('GATEWAYS_EXCEEDED');
    const many = {
      ...mixed,
      services: [...mixed.services, ...Array.from({ length: 19 }, (_, at) => ({ name: `s${at}` }))],
    };
    // Twenty links for twenty services, and one more.
    expect(option(advised(many), 'rest-v1-per-balancer').binding).toMatchObject({ quota: 'vpc-links-v1', needed: 21 });
    expect(codes(advised(many), 'rest-v1-per-balancer')).toContain('QUOTA_EXCEEDED');
  });

  it('are not split where one gateway serves both', () => {
    const there = { ...mixed, provider: 'alibaba' as const, region: 'cn-hangzhou' };
    for (const { reasons } of advised(there, undefined, { now: 0 }).options)
      expect(reasons.map(({ code }) => code)).not.toContain('SPLIT');
  });
});

it('any needs: give options whose parts agree, and specs that parse', () => {
  fc.assert(
    fc.property(
      arbNeeds.filter((needs) => needsFaults(needs, CLOUDS).length === 0),
      (needs) => {
        const { options } = advised(needs);
        expect(options.map(({ rank }) => rank)).toEqual(options.map((_, at) => at + 1));
        const order = options.map(({ fits }) => ['yes', 'unknown', 'no'].indexOf(fits));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const { id, fits, binding, spec, costParts, monthlyUsd } of options) {
          const sum = costParts.reduce((total, { usd }) => total + usd, 0);
          if (monthlyUsd !== null) expect(monthlyUsd).toBeCloseTo(sum, 1);
          if (fits === 'yes' && binding?.needed !== null && binding?.limit != null)
            expect(binding?.needed).toBeLessThanOrEqual(binding.limit);
          if (fits === 'no') expect(spec).toBeNull();
          if (spec === null) continue;
          const env = Object.fromEntries(
            [...JSON.stringify(spec).matchAll(/\$\{env:(\w+)\}/g)].map(([, key = ''], at) => [
              key,
              VALUES.find(([end]) => key.endsWith(end))?.[1] ?? `a1b2c3d4${at}`,
            ]),
          );
          const parsed = parseSpec(JSON.stringify(spec), { env });
          const routes = Object.values(parsed.integrations).flatMap((one) => Object.keys(one.routes));
          expect({ id, routes: routes.length }).toEqual({
            id,
            // A WebSocket API has three events.
            routes: servicesOf(needs).reduce(
              (sum, { protocol }) => sum + (needs.provider === 'aws' && protocol === 'websocket' ? 3 : 2),
              0,
            ),
          });
        }
      },
    ),
    { numRuns: runs(20, 60) },
  );
});
