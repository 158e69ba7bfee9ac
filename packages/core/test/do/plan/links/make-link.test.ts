import { cloud as AWS } from '@postern/aws/cloud';
import { describe, expect, it } from 'vitest';
import { clouds, type Clouds } from '../../../../src/do/kinds/cloud/clouds.js';
import type { Link } from '../../../../src/do/model/link.js';
import type { SecurityGroup, Subnet } from '../../../../src/do/model/network.js';
import type { Owner } from '../../../../src/do/model/owner.js';
import type { LinkSpec } from '../../../../src/do/spec.js';
import { makeLink, type LinkParts } from '../../../../src/do/plan/links/make-link.js';
import { inputOf } from '../../../../src/do/plan/step-input.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { CLOUDS } from '../../../clouds.js';
import { smallSpec } from '../../../fake-run.js';
import { groupOf, linkOf, linkPlan, OWN, regionOf } from '../removal/owned.js';

const EU: Owner = { ...OWN, integration: 'eu' };
const SPEC = smallSpec({ spec: 'orders-1' });
const TAKEN_AT = '2026-06-01T00:00:00.000Z';
const subnet = (id: string, fields: Partial<Subnet> = {}): Subnet => ({
  id,
  name: id,
  networkId: 'vpc-1',
  zone: 'euw1-az1',
  cidrBlock: '10.0.0.0/24',
  account: '111122223333',
  raw: null,
  tags: {},
  ...fields,
});
const SUBNETS = [subnet('subnet-1a'), subnet('subnet-1b', { zone: 'euw1-az2' })];

interface Given {
  readonly declared?: Partial<LinkSpec>;
  readonly parts?: Partial<LinkParts>;
  readonly groups?: readonly string[];
  readonly replaced?: readonly Link[];
  readonly region?: Partial<RegionSnapshot>;
  readonly by?: Clouds;
}

function made({ declared = {}, parts = {}, groups, replaced = [], region = {}, by = CLOUDS }: Given = {}) {
  const where = regionOf({ links: replaced, subnets: SUBNETS, ...region });
  const { resolved } = linkPlan(where, { spec: declared });
  const given = { ...resolved, clouds: by, securityGroupIds: groups };
  const plan = makeLink(SPEC, given, { subnetIds: ['subnet-1a'], ...parts }, undefined, replaced, {
    takenAt: TAKEN_AT,
  });
  const [step] = plan.steps;
  return { ...step!, input: inputOf(step!, 'create link', 'replace link'), plan };
}

describe('a link that is created', () => {
  it('has the marks of the spec, its declared settings, and what it is created from', () => {
    const declared = { name: 'pay', tags: { team: 'a' }, protect: true, timeouts: { createMs: 7 } };
    const { plan, ...step } = made({ declared, groups: ['sg-1'] });
    expect(step).toMatchObject({
      id: 'create link eu',
      kind: 'create',
      resource: { type: 'link', name: 'eu', id: undefined },
      reason: 'it does not exist yet',
      changes: [
        { field: 'subnets', from: undefined, to: ['subnet-1a'] },
        { field: 'securityGroups', from: undefined, to: ['sg-1'] },
      ],
    });
    expect(step).not.toHaveProperty('warning');
    expect(step).not.toHaveProperty('purchase');
    expect(step.input).toEqual({
      linkKind: 'vpc-link-v2',
      name: 'pay',
      owner: { project: 'shop', spec: 'orders-1', integration: 'eu' },
      subnetIds: ['subnet-1a'],
      securityGroupIds: ['sg-1'],
      networkId: 'vpc-1',
      tags: { team: 'a', 'postern:protect': 'true' },
      except: [],
      timeoutMs: 7,
    });
    expect(plan).toMatchObject({ extra: [], replaced: [], unchanged: 0 });
    expect(made().input.name).toBe('eu');
  });

  it('has a warning where the provider does not sell it any more', () => {
    const retirement = [{ at: '2026-01-01', what: 'no new sales', ends: 'sale', from: 'x' }] as never;
    expect(made({ region: { retirement } }).warning).toContain('no new sales as of 2026-01-01');
    const later = [{ at: '2027-01-01', what: 'no new sales', ends: 'sale', from: 'x' }] as never;
    expect(made({ region: { retirement: later } })).not.toHaveProperty('warning');
  });

  it('that costs money names its price, by the size that the spec declares', () => {
    const instance = (native?: LinkSpec['native']) =>
      made({
        declared: { provider: 'alibaba', region: 'eu-west-1', ...(native === undefined ? {} : { native }) },
        groups: ['sg-1'],
        region: { provider: 'alibaba', subnets: [] },
      });
    expect(instance().purchase?.summary).toContain('USD 0.87');
    const medium = instance({ spec: 'api.s1.medium' });
    expect(medium.purchase?.summary).toContain('USD 2.37');
    expect(medium.changes).toContainEqual({ field: 'spec', to: 'api.s1.medium' });
    expect(medium.input).toMatchObject({ linkKind: 'integration-instance', native: { spec: 'api.s1.medium' } });
  });
});

describe('a link that replaces another one', () => {
  const old = linkOf(EU);
  const reasonOf = (given: Given): string => made({ replaced: [old], ...given }).reason;

  it('names what changes, and no other part', () => {
    const changes = (given: Given) =>
      made({ replaced: [old], groups: ['sg-1'], ...given }).changes?.map(({ field }) => field);
    expect(changes({ parts: { subnetIds: ['subnet-1b'] } })).toEqual(['subnets']);
    expect(changes({ groups: ['sg-2'] })).toEqual(['securityGroups']);
    expect(changes({})).toEqual([]);
    const step = made({ replaced: [old], groups: ['sg-2'], parts: { subnetIds: ['subnet-1b'] } });
    expect(step).toMatchObject({ id: 'replace link eu', kind: 'replace', input: { except: ['l-1'] } });
    expect(step.changes).toEqual([
      { field: 'subnets', from: ['subnet-1a'], to: ['subnet-1b'] },
      { field: 'securityGroups', from: ['sg-1'], to: ['sg-2'] },
    ]);
  });

  it('names no security groups where links of the kind have none', () => {
    const kind = AWS.links['vpc-link-v2']!;
    const links = { ...AWS.links, 'vpc-link-v2': { ...kind, hasNoGroups: true } } as const;
    const by = clouds([{ ...AWS, links }]);
    const step = made({ replaced: [old], parts: { subnetIds: ['subnet-1b'] }, by });
    expect(step.changes?.map(({ field }) => field)).toEqual(['subnets']);
    expect(step.reason).toBe('subnets of l-1 cannot be changed');
    expect(made({ by }).changes?.map(({ field }) => field)).toEqual(['subnets']);
  });

  it('does not count the group of the allowlist of the old one, and no list of another link', () => {
    const two = linkOf(EU, { securityGroupIds: ['sg-1', 'sg-own'] });
    const list = (linkId: string) => ({ linkId, owned: true, securityGroupId: 'sg-own', entries: [], wider: [] });
    const given = { replaced: [two], groups: ['sg-1'], parts: { subnetIds: ['subnet-1b'] } };
    const fields = (linkId: string) =>
      made({ ...given, region: { links: [two], allowlists: [list(linkId)] } }).changes?.map(({ field }) => field);
    expect(fields('l-1')).toEqual(['subnets']);
    expect(fields('l-2')).toEqual(['subnets', 'securityGroups']);
  });

  it('names the one that carries calls, of several', () => {
    const failed = linkOf(EU, { id: 'l-0', state: 'failed', nativeState: 'FAILED' });
    expect(reasonOf({ replaced: [failed, old] })).toBe('subnets and security groups of l-1 cannot be changed');
  });

  it('says why it cannot be the old one', () => {
    const failed = linkOf(EU, { state: 'failed', nativeState: 'FAILED', reason: 'no address' });
    const balancer = { parts: { subnetIds: [], loadBalancerId: 'nlb-2' }, declared: { kind: 'vpc-link-v1' } } as const;
    const v1 = linkOf(EU, { kind: 'vpc-link-v1', loadBalancerIds: ['nlb-1'] });
    expect(reasonOf({})).toBe('subnets and security groups of l-1 cannot be changed');
    expect(reasonOf({ replaced: [failed] })).toBe('l-1 is failed: no address');
    expect(reasonOf({ replaced: [v1] })).toBe(
      'l-1 is of kind vpc-link-v1, not vpc-link-v2, and the kind cannot be changed',
    );
    expect(reasonOf({ replaced: [v1], ...balancer })).toBe('the load balancer of l-1 cannot be changed');
    const step = made({ replaced: [v1], ...balancer });
    expect(step.changes).toEqual([{ field: 'loadBalancer', from: ['nlb-1'], to: 'nlb-2' }]);
    expect(step.input).toMatchObject({ linkKind: 'vpc-link-v1', loadBalancerId: 'nlb-2' });
  });
});

describe('a link that the cloud would refuse is refused, at the path', () => {
  const elsewhere: SecurityGroup = groupOf(undefined, { id: 'sg-2', networkId: 'vpc-2' });
  const full = [subnet('subnet-1a'), subnet('subnet-1b', { freeAddresses: 0, zone: 'euw1-az2' })];
  const both = { parts: { subnetIds: ['subnet-1a', 'subnet-1b'] }, region: { subnets: full } };
  const quotas = { 'vpc-links': 0 };
  const mixed = [
    groupOf(undefined, { id: 'sg-1', kind: 'basic' }),
    groupOf(undefined, { id: 'sg-2', kind: 'enterprise' }),
  ];

  it.each<[string, string, string, Given]>([
    [
      'of its subnet',
      'ADDRESSES_EXHAUSTED',
      'links.eu.subnets[1]',
      { ...both, declared: { subnets: ['subnet-1a', 'subnet-1b'] } },
    ],
    [
      'of the link, where one entry means several subnets',
      'ADDRESSES_EXHAUSTED',
      'links.eu',
      { ...both, declared: { subnets: [{ tag: { tier: 'back' } }] } },
    ],
    [
      'of the link, where it names no subnets',
      'ADDRESSES_EXHAUSTED',
      'links.eu',
      { ...both, declared: { subnets: undefined } },
    ],
    [
      'of its security groups',
      'WRONG_NETWORK',
      'links.eu.securityGroups',
      { groups: ['sg-2'], declared: { securityGroups: ['sg-2'] }, region: { securityGroups: [elsewhere] } },
    ],
    [
      'of the link, where it names no groups',
      'WRONG_NETWORK',
      'links.eu',
      { groups: ['sg-2'], declared: { securityGroups: undefined }, region: { securityGroups: [elsewhere] } },
    ],
    ['of the link', 'QUOTA_EXCEEDED', 'links.eu', { region: { quotas } }],
    [
      'of the link, also where it names as many subnets as it has',
      'QUOTA_EXCEEDED',
      'links.eu',
      { region: { quotas }, declared: { subnets: ['subnet-1a'], securityGroups: ['sg-1'] } },
    ],
    [
      'of security groups of several types',
      'SECURITY_GROUPS_OF_SEVERAL_TYPES',
      'links.eu.securityGroups',
      {
        declared: { provider: 'alibaba', subnets: ['subnet-1a', 'subnet-1b'], securityGroups: ['sg-1', 'sg-2'] },
        parts: { subnetIds: ['subnet-1a', 'subnet-1b'] },
        groups: ['sg-1', 'sg-2'],
        region: { provider: 'alibaba', securityGroups: mixed },
      },
    ],
  ])('%s: %s', (_, code, path, given) => {
    expect(() => made(given)).toThrow(expect.objectContaining({ code, place: { path } }));
  });
});
