import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems-of.js';

const NLB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders-nlb/50dc6c495c0c9188';

/** A spec with one link; its members are on line 4. */
const spec = (members: string): string =>
  `version: 1\nproject: shop\nlinks:\n  nlb: { provider: aws, region: eu-west-1, ${members} }\n`;

describe('a VPC link V1', () => {
  it.each([
    ['created for a load balancer by name', 'loadBalancer: orders-nlb', { loadBalancer: 'orders-nlb' }],
    ['created for a load balancer by ARN', `loadBalancer: '${NLB}'`, { loadBalancer: NLB }],
    ['with its kind', 'kind: vpc-link-v1, loadBalancer: orders-nlb', { loadBalancer: 'orders-nlb' }],
    ['adopted by its ID', 'kind: vpc-link-v1, id: x1y2z3', { id: 'x1y2z3' }],
    ['adopted, with its load balancer', 'id: x1y2z3, loadBalancer: orders-nlb', { loadBalancer: 'orders-nlb' }],
    ['external', 'kind: vpc-link-v1, id: x1y2z3, owner: external', { owner: 'external' }],
    ['external, found by its name', 'kind: vpc-link-v1, name: theirs, owner: external', { name: 'theirs' }],
  ])('%s', (_, members, expected) => {
    expect(problemsOf(spec(members))).toEqual([]);
    expect(parseSpec(spec(members)).links['nlb']).toMatchObject({ kind: 'vpc-link-v1', ...expected });
  });

  it.each([
    ['subnets: [subnet-1]', undefined],
    ['id: a1b2c3', undefined],
    ['kind: vpc-link-v2, id: a1b2c3', 'vpc-link-v2'],
  ])('is not declared by %s', (members, kind) => {
    const link = parseSpec(spec(members)).links['nlb'];
    expect(link?.kind).toBe(kind);
    expect(link).not.toHaveProperty('loadBalancer');
  });

  const at = 'INVALID_SPEC links.nlb';
  const create = (part: string): string => `Write ${part}: to create a link, or id: to adopt one.`;
  const other = (key: string): string => `Remove ${key}, or declare a link of another kind.`;
  it.each([
    [
      'nothing that it is created from',
      'kind: vpc-link-v1',
      [`${at} (line 4): \`loadBalancer\` or \`id\` is required | ${create('loadBalancer')}`],
    ],
    [
      'subnets in place of a load balancer',
      'kind: vpc-link-v1, subnets: [subnet-1]',
      [`${at} (line 4): a vpc-link-v1 is not created from subnets | ${create('loadBalancer')}`],
    ],
    [
      'a load balancer of a V2 link',
      'kind: vpc-link-v2, loadBalancer: orders-nlb',
      [`${at} (line 4): a vpc-link-v2 is not created from loadBalancer | ${create('subnets')}`],
    ],
    [
      'subnets and a load balancer',
      'loadBalancer: orders-nlb, subnets: [subnet-1]',
      [`${at}.subnets (line 4): a vpc-link-v1 has no subnets | ${other('subnets')}`],
    ],
    [
      'both of a V2 link',
      'kind: vpc-link-v2, loadBalancer: orders-nlb, subnets: [subnet-1]',
      [`${at}.loadBalancer (line 4): a vpc-link-v2 has no loadBalancer | ${other('loadBalancer')}`],
    ],
    [
      'groups and a network',
      'loadBalancer: orders-nlb, securityGroups: [sg-1], network: vpc-1',
      [
        `${at}.securityGroups (line 4): a vpc-link-v1 has no securityGroups | ${other('securityGroups')}`,
        `${at}.network (line 4): a vpc-link-v1 has no network | ${other('network')}`,
      ],
    ],
    [
      'an allowlist of an adopted link',
      'kind: vpc-link-v1, id: x1y2z3, allowlist: [10.0.0.0/16]',
      [`${at}.allowlist (line 4): a vpc-link-v1 has no allowlist | ${other('allowlist')}`],
    ],
    [
      'an unknown kind',
      'kind: vpc-link-v3, id: x1y2z3',
      [`${at}.kind (line 4): unknown kind of link | Write vpc-link-v2 or vpc-link-v1.`],
    ],
    [
      'a kind of another cloud',
      'kind: integration-instance, id: x1y2z3',
      [`${at}.kind (line 4): unknown kind of link | Write vpc-link-v2 or vpc-link-v1.`],
    ],
    [
      'the ARN of a listener',
      `loadBalancer: '${NLB.replace('loadbalancer', 'listener')}/f2f7dc8efc522ab2'`,
      [
        `WRONG_KIND links.nlb.loadBalancer (line 4): expected the ARN of a load balancer, got the ARN of a listener | Write the ARN of a load balancer.`,
      ],
    ],
    ['the ARN of an ALB', `loadBalancer: '${NLB.replace('/net/', '/app/')}'`, []],
    [
      'the ARN of another region',
      `loadBalancer: '${NLB.replace('eu-west-1', 'eu-north-1')}'`,
      [
        'WRONG_REGION links.nlb.loadBalancer (line 4): this load balancer is in eu-north-1, its link in eu-west-1 (partition aws) | Name a load balancer in eu-west-1, or use a link in eu-north-1.',
      ],
    ],
  ])('refuses %s', (_, members, expected) => {
    expect(problemsOf(spec(members))).toEqual(expected);
  });

  it('is not a link of Alibaba Cloud', () => {
    const text = spec('loadBalancer: orders-nlb').replace('aws, region: eu-west-1', 'alibaba, region: cn-hangzhou');
    expect(problemsOf(text)).toContainEqual(
      expect.stringContaining('links.nlb.loadBalancer (line 4): unknown key "loadBalancer"'),
    );
  });
});
