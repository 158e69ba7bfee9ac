import { describe, expect, it } from 'vitest';
import type { Link } from '@postern/core/internal/library';
import { linkTable, useTable } from '../../src/links/tables.js';

const NLB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/orders-nlb/6a1b2c3d4e5f6a7b';
const PLACE = { provider: 'aws', region: 'eu-west-1' };

function link(fields: Partial<Link>): Link {
  return {
    id: 'a1b2c3',
    name: 'main',
    kind: 'vpc-link-v2',
    state: 'ready',
    nativeState: 'AVAILABLE',
    networkId: 'vpc-1',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupIds: [],
    tags: {},
    raw: null,
    ...fields,
  };
}

describe('the table of links', () => {
  it('has the kinds and load balancers where there are links of several kinds', () => {
    const v1 = link({ id: 'x1y2z3', name: 'nlb', kind: 'vpc-link-v1', subnetIds: [], loadBalancerIds: [NLB] });
    expect(
      linkTable([
        { link: link({}), ...PLACE },
        { link: v1, ...PLACE },
      ]).map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['ID', 'NAME', 'KIND', 'CLOUD', 'REGION', 'STATE', 'OWNER', 'NETWORK', 'SUBNETS OR LOAD BALANCER'],
      ['a1b2c3', 'main', 'vpc-link-v2', 'aws', 'eu-west-1', 'ready', 'vpc-1', 'subnet-1 subnet-2'],
      ['x1y2z3', 'nlb', 'vpc-link-v1', 'aws', 'eu-west-1', 'ready', 'vpc-1', 'orders-nlb'],
    ]);
  });

  it('is a paragraph for each link where a terminal is narrower than its lines', () => {
    const one = link({ owner: { project: 'shop', spec: 'shop', integration: 'orders' } });
    const wide = linkTable([{ link: one, ...PLACE }]);
    expect(linkTable([{ link: one, ...PLACE }], { columns: 200 })).toEqual(wide);
    const narrow = linkTable([{ link: one, ...PLACE }], { columns: 60 });
    expect(narrow).toEqual([
      'a1b2c3',
      '  NAME     main',
      '  CLOUD    aws',
      '  REGION   eu-west-1',
      '  STATE    ready',
      '  OWNER    shop/orders',
      '  NETWORK  vpc-1',
      '  SUBNETS  subnet-1 subnet-2',
    ]);
  });

  it('has no kinds where all links are of one', () => {
    expect(linkTable([{ link: link({}), ...PLACE }])[0]).toMatch(/^ID +NAME +CLOUD .* SUBNETS$/);
  });

  it('names load balancers in its heading where links of one kind have them', () => {
    const v1 = link({ kind: 'vpc-link-v1', subnetIds: [], loadBalancerIds: [NLB] });
    const [head, row] = linkTable([{ link: v1, ...PLACE }]);
    expect(head).toMatch(/^ID +NAME +CLOUD .* SUBNETS OR LOAD BALANCER$/);
    expect(row).toMatch(/ orders-nlb$/);
  });
});

describe('the table of uses', () => {
  const gateway = { id: 'r1', name: 'orders', kind: 'rest-api' } as const;

  it('has the working copy, deployed stages, and what is not known', () => {
    const uses = [
      { gateway, integrationId: 'i1', targetId: `${NLB}:8080`, routeKeys: ['GET /a', 'GET /b'] },
      { gateway, stage: 'prod', targetId: 'arn:x', routeKeys: ['GET /a'] },
      { gateway, stage: 'test', routeKeys: [], unreadable: 'its deployment could not be read' },
    ];
    const lines = useTable(uses, new Map([['arn:x', 'orders-alb:443']]));
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['GATEWAY', 'NAME', 'STAGE', 'ROUTE', 'INTEGRATION', 'TARGET'],
      ['r1', 'orders', '(working copy)', 'GET /a', 'i1', 'orders-nlb:8080'],
      ['r1', 'orders', '(working copy)', 'GET /b', 'i1', 'orders-nlb:8080'],
      ['r1', 'orders', 'prod', 'GET /a', 'orders-alb:443'],
      ['r1', 'orders', 'test', '(not known)', 'its deployment could not be read'],
    ]);
  });

  it('has no stages where none was read', () => {
    const uses = [{ gateway, integrationId: 'i1', routeKeys: [] }];
    expect(useTable(uses, new Map()).map((line) => line.trimEnd().split(/ {2,}/))).toEqual([
      ['GATEWAY', 'NAME', 'ROUTE', 'INTEGRATION', 'TARGET'],
      ['r1', 'orders', '(no route)', 'i1'],
    ]);
  });
});
