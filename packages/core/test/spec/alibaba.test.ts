import { parseSpec, specFromSnapshot } from '../clouds.js';
import { emptyRegion } from '../../src/do/snapshot/snapshot-form.js';
import { describe, expect, it } from 'vitest';
import type { PosternError } from '../../src/ground/errors.js';
import type { Link } from '../../src/do/model/link.js';
import { linkHash } from '../../src/do/world/resolve/link-identity.js';
import type { PlacedProblem } from '../../src/internal/spec.js';

const MADE = `    network: vpc-bp1
    subnets: [vsw-bp1, { name: private-j }]
    securityGroups: [{ tag: { tier: link } }]
    instanceCidr: 172.16.0.0/12
    spec: api.s1.small
    allowlist: [10.1.0.0/24, 10.2.0.0/24]`;

/** A spec of which the link's members, the targets or the routes can be replaced. */
function text({
  link = MADE,
  targets = '{ a: { instance: i-bp1, port: 80 } }',
  routes = "{ 'ANY /a': a }",
} = {}): string {
  return `version: 1
project: shop
links:
  cn:
    provider: alibaba
    region: cn-hangzhou
${link}
integrations:
  orders:
    link: cn
    gateway: { apiGroup: 523e8dc7bbe04613b5b1d726c2a7889d }
    targets: ${targets}
    routes: ${routes}
`;
}

/** Code and place of each refusal, in the file's order. */
function refusals(of: string, lines = false): string[] {
  try {
    parseSpec(of, { file: 'postern.yaml' });
    return [];
  } catch (error) {
    const { problems } = (error as PosternError).details as { problems: PlacedProblem[] };
    return problems.map(({ code, place }) => `${code} ${place.path} ${lines ? place.line : ''}`.trim());
  }
}

describe('a spec of an instance on Alibaba Cloud', () => {
  it('has all parameters of a purchase, and publishes to RELEASE by default', () => {
    const { links, integrations } = parseSpec(text());
    expect(links['cn']).toEqual({
      provider: 'alibaba',
      region: 'cn-hangzhou',
      network: 'vpc-bp1',
      subnets: ['vsw-bp1', { name: 'private-j' }],
      securityGroups: [{ tag: { tier: 'link' } }],
      allowlist: ['10.1.0.0/24', '10.2.0.0/24'],
      tags: {},
      native: { instanceCidr: '172.16.0.0/12', spec: 'api.s1.small' },
    });
    expect(integrations['orders']?.gateway).toEqual({
      apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d',
      stages: ['RELEASE'],
    });
  });

  it.each([
    [
      'IDs of other kinds',
      '    subnets: [subnet-0a, sg-bp1]',
      ['INVALID_SPEC links.cn.subnets[0]', 'WRONG_KIND links.cn.subnets[1]'],
    ],
    ['a group that is a network', '    securityGroups: [vpc-bp1]', ['WRONG_KIND links.cn.securityGroups[0]']],
    ['a network that is a vSwitch', '    network: vsw-bp1', ['WRONG_KIND links.cn.network']],
    ['other blocks of instances', '    instanceCidr: 10.0.0.0/16', ['INSTANCE_CIDR_NOT_ALLOWED links.cn.instanceCidr']],
    ['the other block that is allowed', '    instanceCidr: 192.168.0.0/16', []],
    ["the provider's own network", '    allowlist: [100.64.8.0/24]', ['CIDR_RESERVED links.cn.allowlist[0]']],
    [
      'everything, the reserved blocks included',
      '    allowlist: [0.0.0.0/0]',
      ['CIDR_RESERVED links.cn.allowlist[0]', 'CIDR_CONFLICT links.cn.allowlist[0]'],
    ],
    ['a block on the side of the instance', '    allowlist: [172.20.0.0/16]', ['CIDR_CONFLICT links.cn.allowlist[0]']],
    ['a block inside another', '    allowlist: [10.0.1.0/24, 10.0.0.0/16]', ['CIDR_REDUNDANT links.cn.allowlist[0]']],
    ['a block twice', '    allowlist: [10.0.0.0/16, 10.0.0.0/16]', ['CIDR_REDUNDANT links.cn.allowlist[1]']],
    [
      'ports of a block',
      '    allowlist: [{ cidr: 10.0.0.0/16, ports: [80] }]',
      ['UNSUPPORTED links.cn.allowlist[0].ports'],
    ],
    ['blocks of IPv6', '    allowlist: ["fd00::/64"]', ['UNSUPPORTED links.cn.allowlist[0]']],
    ['an instance type that does not exist', '    spec: api.nonsense', ['INVALID_SPEC links.cn.spec']],
    ['an instance type that is not fully documented', '    spec: api.s2.x7', []],
    ['a name that is not valid for an instance', '    name: my gate', ['NAME_NOT_ALLOWED links.cn.name']],
    ['a role of AWS', "    assumeRole: 'arn:aws:iam::111122223333:role/x'", ['INVALID_ARN links.cn.assumeRole']],
  ])('refuses %s with its place', (_what, line, expected) => {
    const [, key = ''] = /^ +(\w+):/.exec(line) ?? [];
    const link = MADE.includes(`    ${key}: `)
      ? MADE.replace(new RegExp(`^ {4}${key}: .*$`, 'm'), line)
      : `${MADE}\n${line}`;
    const at = text({ link }).split('\n').indexOf(line) + 1;
    expect(refusals(text({ link }), true)).toEqual(expected.map((one) => `${one} ${at}`));
  });

  it('requires the security groups of an instance to buy, and none for an adopted one', () => {
    expect(refusals(text({ link: '    subnets: [vsw-bp1]' }))).toEqual(['SECURITY_GROUP_REQUIRED links.cn']);
    expect(refusals(text({ link: '    id: apigateway-hz-72bc18d4f1aa' }))).toEqual([]);
    expect(refusals(text({ link: '    id: lb-bp1' }))).toEqual(['WRONG_KIND links.cn.id']);
  });

  it.each([
    ['{ a: { instance: nlb-1, port: 80 } }', ['WRONG_KIND integrations.orders.targets.a.instance']],
    ['{ a: { instance: lb-1, port: 80 } }', []],
    ['{ a: { address: 10.0.0.7, port: 80 } }', []],
    ['{ a: { address: 10.0.0.300, port: 80 } }', ['INVALID_ADDRESS integrations.orders.targets.a.address']],
  ])('targets %s', (targets, expected) => {
    expect(refusals(text({ targets }))).toEqual(expected);
  });

  it('writes route keys as API groups do', () => {
    const faults = (routes: string) => refusals(text({ routes }));
    expect(faults('{ $default: a }')).toEqual(['INVALID_SPEC integrations.orders.routes["$default"]']);
    expect(faults("{ 'ANY /a/*': a }")).toHaveLength(1);
    expect(faults("{ 'GET /a/[id]': a }")).toHaveLength(1);
    expect(faults("{ 'GET /{all+}/b': a }")).toHaveLength(1);
    expect(faults("{ 'GET /{all+}/': a }")).toHaveLength(1);
    expect(faults("{ 'ANY /a/{proxy+}': a, 'GET /a/{id}': a, 'GET /': a }")).toEqual([]);
  });
});

describe('specFromSnapshot', () => {
  const link = (fields: Partial<Link>): Link => ({
    id: 'apigateway-hz-1',
    name: 'cn',
    kind: 'integration-instance',
    state: 'ready',
    nativeState: 'RUNNING',
    networkId: 'vpc-bp1',
    subnetIds: ['vsw-1'],
    securityGroupIds: ['sg-1'],
    tags: {},
    native: { instanceCidr: '172.16.0.0/12', spec: 'api.s1.small' },
    raw: null,
    ...fields,
  });
  const mark = { project: 'shop', spec: 'shop', integration: 'cn' };
  const shape = { subnetIds: ['vsw-1'], securityGroupIds: ['sg-1'] };
  const owner = { ...mark, specHash: linkHash(mark, shape) };
  const all = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;
  const region = emptyRegion({
    provider: 'alibaba',
    region: 'cn-hangzhou',
    account: '1234567890123456',
    links: [link({ owner }), link({ id: 'apigateway-hz-2', name: 'old', kind: 'dedicated-instance', subnetIds: [] })],
    gateways: [
      {
        id: 'g1',
        name: 'orders',
        kind: 'api-group',
        stages: [{ name: 'RELEASE', autoDeploy: true }],
        routes: [
          {
            id: 'a1',
            gatewayId: 'g1',
            key: 'GET /a',
            linkId: 'apigateway-hz-1',
            targetId: 'vpcaccess-1',
            stages: ['TEST'],
            owner: { ...owner, integration: 'orders', name: 'a' },
            raw: null,
          },
          { id: 'a2', gatewayId: 'g1', key: 'GET /b', linkId: 'apigateway-hz-2', targetId: 'vpcaccess-2', raw: null },
        ],
        tags: {},
        raw: null,
      },
    ],
    targets: [
      { kind: 'instance', id: 'vpcaccess-1', resourceId: 'lb-1', port: 80, raw: null },
      { kind: 'address', id: 'vpcaccess-2', resourceId: '10.0.0.7', port: 8080, raw: null },
    ],
    allowlists: [
      {
        linkId: 'apigateway-hz-1',
        owned: true,
        entries: [
          { cidrBlock: '10.0.1.0/24', ...all, fixed: true },
          { cidrBlock: '10.9.0.0/24', ...all },
        ],
        wider: [],
      },
    ],
  });
  const snapshot = { version: 1, takenAt: '2026-11-20T00:00:00Z', regions: [region] } as const;

  it('writes instances, blocks that are not initial, targets and stages', () => {
    const spec = parseSpec(specFromSnapshot(snapshot, { project: 'shop' }));
    expect(spec.links['cn']).toMatchObject({
      subnets: ['vsw-1'],
      securityGroups: ['sg-1'],
      native: { instanceCidr: '172.16.0.0/12', spec: 'api.s1.small' },
      allowlist: ['10.9.0.0/24'],
    });
    expect(spec.links['old']).toMatchObject({ id: 'apigateway-hz-2', owner: 'external' });
    expect(Object.values(spec.integrations)).toMatchObject([
      { link: 'cn', gateway: { apiGroup: 'g1', stages: ['TEST'] }, routes: { 'GET /a': expect.any(String) } },
      { link: 'old', owner: 'external', routes: { 'GET /b': expect.any(String) } },
    ]);
    expect(Object.values(spec.integrations).flatMap(({ targets }) => Object.values(targets))).toEqual([
      { ref: { instance: 'lb-1', port: 80 } },
      { ref: { address: '10.0.0.7', port: 8080 } },
    ]);
  });

  it('writes only integrations over one instance, where one is named', () => {
    const spec = parseSpec(specFromSnapshot(snapshot, { project: 'shop', links: ['apigateway-hz-2'] }));
    expect(Object.keys(spec.links)).toEqual(['old']);
    expect(Object.keys(spec.integrations)).toHaveLength(1);
  });

  it('writes every API group of an instance, also one without a private integration', () => {
    const [group] = region.gateways;
    const idle = { ...group!, id: 'g2', name: 'idle', routes: [], linkId: 'apigateway-hz-2' };
    const spec = parseSpec(
      specFromSnapshot({ ...snapshot, regions: [{ ...region, gateways: [idle] }] }, { project: 'shop' }),
    );
    expect(spec.integrations).toMatchObject({ idle: { link: 'old', owner: 'external', routes: {} } });
  });

  it('writes the ID of an instance that it cannot describe completely', () => {
    const unknown = { ...region, links: [link({ owner, native: undefined })] };
    const spec = parseSpec(specFromSnapshot({ ...snapshot, regions: [unknown] }, { project: 'shop' }));
    expect(spec.links['cn']).toMatchObject({ id: 'apigateway-hz-1', allowlist: ['10.9.0.0/24'] });
  });
});
