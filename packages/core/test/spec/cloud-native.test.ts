import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems-of.js';

const spec = (
  link: string,
  target = '{ address: 10.20.0.7, port: 8080 }',
  gateway = '{ apigHttpApi: api-d1a2b3c4e5 }',
) => `
version: 1
project: shop
links:
  main: { provider: alibaba, region: cn-hangzhou, ${link} }
integrations:
  orders:
    link: main
    gateway: ${gateway}
    targets: { orders: ${target} }
    routes: { 'ANY /orders': orders }
`;
const GATEWAY = 'kind: apig-gateway, subnets: [vsw-bp1a2b3c]';
const INSTANCE = 'subnets: [vsw-bp1a2b3c], securityGroups: [sg-bp7g8h9i]';

describe('a link of Cloud-native API Gateway', () => {
  it('has the groups that admit it as allowlist, with their ports merged', () => {
    const text = spec(`${GATEWAY}, allowlist: [{ group: sg-1, ports: [8080, '8081-8090'] }, { group: sg-2 }]`);
    expect(parseSpec(text).links['main']).toMatchObject({
      kind: 'apig-gateway',
      allowlist: [],
      allowGroups: { 'sg-1': [{ fromPort: 8080, toPort: 8090 }], 'sg-2': [] },
    });
  });

  it('publishes to the one environment of its gateway', () => {
    expect(parseSpec(spec(GATEWAY)).integrations['orders']?.gateway).toEqual({
      apigHttpApi: 'api-d1a2b3c4e5',
      stages: ['default'],
    });
  });

  it.each([
    ['a block', spec(`${GATEWAY}, allowlist: [10.20.0.0/20]`), 'links.main.allowlist[0]', 'has no list of blocks'],
    [
      'groups of its own',
      spec(`${GATEWAY}, securityGroups: [sg-1]`),
      'links.main.securityGroups',
      'has no securityGroups',
    ],
    ['an own block', spec(`${GATEWAY}, instanceCidr: 172.16.0.0/12`), 'links.main.instanceCidr', 'has no instanceCidr'],
    ['the ID of an instance', spec('kind: apig-gateway, id: apigateway-hz-1'), 'links.main.id', 'gateway instance'],
    [
      'stages',
      spec(GATEWAY, undefined, '{ apigHttpApi: api-1, stages: [PRE] }'),
      'integrations.orders.gateway.stages',
      'only with apiGroup',
    ],
    ['a listener', spec(GATEWAY, '{ service: srv-1 }'), 'integrations.orders.targets.orders', 'do not support targets'],
    [
      'an address that is none',
      spec(GATEWAY, '{ addresses: [10.20.0.7, shop.internal], port: 80 }'),
      'integrations.orders.targets.orders.addresses[1]',
      '',
    ],
  ])('refuses %s', (_, text, path, message) => {
    expect(problemsOf(text).find((one) => one.includes(` ${path} (`))).toContain(message);
  });

  it.each([
    ['groups of backends', `${INSTANCE}, allowlist: [{ group: sg-1 }]`, undefined, 'links.main.allowlist[0]'],
    ['an access', `${INSTANCE}, access: intranet`, undefined, 'links.main.access'],
    ['a name', INSTANCE, '{ dnsName: shop.internal, port: 80 }', 'integrations.orders.targets.orders'],
    ['the ID of a gateway', 'id: gw-1a2b3c', undefined, 'links.main.id'],
  ])('has what an instance has not: %s', (_, link, target, path) => {
    const text = spec(link, target, '{ apiGroup: 523e8dc7bbe04613b5b1d726c2a7889d }');
    expect(problemsOf(text).join('\n')).toContain(` ${path} (`);
  });
});
