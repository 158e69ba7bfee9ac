import { expect, it } from 'vitest';
import { explain } from '../../../src/check/checks/explain.js';
import { check } from '../../../src/check/checks/run.js';
import { explainText } from '../../../src/check/report/explain.js';
import { alibabaWorld, awsWorld, type World } from './world.js';
import { edit } from './edits.js';
import { CLOUDS } from '../../clouds.js';

/** A service in a data center behind Direct Connect. */
function dataCenter(world: World): void {
  const id = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
  world.region.services = [
    { id, name: 'ledger', healthCheck: 'none', instances: [{ id: 'one', address: '10.8.1.7', port: 8443 }], raw: null },
  ];
  world.region.targets.push({ kind: 'service', id, name: 'ledger', resourceType: 'cloud-map', raw: null });
  world.targetSpec.ref = { service: id };
  const peer = { direction: 'out', protocol: 'tcp', fromPort: 8443, toPort: 8443, cidrBlock: '10.8.0.0/16' } as const;
  world.the('securityGroups', 'sg-link').rules.push({ id: 'sgr-dc', ...peer });
  world.region.virtualGateways = [
    {
      id: 'vgw-1',
      state: 'available',
      nativeState: 'available',
      networkIds: ['vpc-1'],
      connections: [{ id: 'dxvif-1', kind: 'direct-connect', state: 'up', nativeState: 'available', via: 'dxgw-1' }],
      raw: null,
    },
  ];
  world.the('routeTables', 'rtb-1').routes?.push({
    cidrBlock: '10.8.0.0/16',
    nextHop: { kind: 'virtual-gateway', id: 'vgw-1' },
    state: 'active',
    origin: 'propagated',
  });
}

const hopsOf = (world: World) => {
  const [one] = explain(world.snapshot, world.spec, { clouds: CLOUDS, integration: 'orders' });
  const path = one?.paths[0];
  return {
    ...one,
    verdict: path?.verdict,
    hops: path?.hops.map(({ hop, verdict, text }) => `${verdict} ${hop}: ${text}`),
  };
};

it('names the integration that lacks a route, and what it has', () => {
  const { snapshot, spec } = awsWorld();
  const routes = Object.keys(spec.integrations['orders']?.routes ?? {});
  expect(() =>
    explain(snapshot, spec, { clouds: CLOUDS, integration: 'orders', route: 'GET /nowhere/at/all' }),
  ).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_REFERENCE',
      message: 'orders has no route "GET /nowhere/at/all"',
      remedy: routes.length === 0 ? 'It has none.' : `Write one of those it has: ${routes.join(', ')}.`,
    }),
  );
  expect(() => explain(snapshot, spec, { clouds: CLOUDS, integration: 'payments' })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_REFERENCE', message: 'the spec has no integration "payments"' }),
  );
});

it('says that an open path is of no use where a check of the link failed', () => {
  const { snapshot, spec } = alibabaWorld(edit({ 'gateways.group-1.linkId': 'other' }));
  const explained = explain(snapshot, spec, { clouds: CLOUDS, integration: 'orders' });
  const { failures } = check(snapshot, spec, { clouds: CLOUDS });
  const failed = failures.filter(({ severity }) => severity === 'error').map((one) => one.check);
  expect(new Set(failed)).toEqual(new Set(['gateway/on-link']));
  for (const one of explained) {
    expect(one).toMatchObject({ verdict: 'pass', failures: [{ check: 'gateway/on-link' }] });
  }
  const text = explainText(explained);
  expect(text).toContain('the path is open, but gateway/on-link failed');
  expect(text).not.toContain('calls arrive');
});

it('names the addresses by which a route is called over custom domains', () => {
  const [one] = explain(...((world) => [world.snapshot, world.spec] as const)(awsWorld()), {
    clouds: CLOUDS,
    integration: 'orders',
  });
  expect(one?.calledBy).toEqual(['https://orders.internal/orders']);
  const without = awsWorld(edit({ customDomains: [] }));
  expect(explain(without.snapshot, without.spec, { clouds: CLOUDS, integration: 'orders' })[0]).not.toHaveProperty(
    'calledBy',
  );
});

it('explains a call on each gateway, by the route that serves it there', () => {
  const { snapshot, spec } = awsWorld();
  const orders = spec.integrations['orders']!;
  const having = (key: string, gateway = orders.gateway) => {
    const [target = ''] = Object.keys(orders.targets);
    return { ...orders, gateway, routes: { [key]: target } };
  };
  const integrations = {
    all: having('$default'),
    orders: having('ANY /orders/{proxy+}'),
    other: having('GET /orders/{id}', { httpApi: 'zzzzzzzzzz' }),
  };
  const named = (route?: string) =>
    explain(snapshot, { ...spec, integrations }, { clouds: CLOUDS, route }).map(
      (one) => `${one.integration} ${one.route}`,
    );
  expect(named('GET /orders/7')).toEqual(['orders ANY /orders/{proxy+}', 'other GET /orders/{id}']);
  expect(named('GET /bills')).toEqual(['all $default']);
  expect(named()).toHaveLength(3);
});

it('says which route takes a call where that is not one of the spec, or of another integration', () => {
  const { snapshot, spec } = awsWorld((world) => {
    const { routes } = world.the('gateways', 'api-1');
    const [live] = routes;
    routes.push({ ...live!, id: 'r-me', key: 'GET /users/me', targetId: 'arn:other' });
  });
  const orders = spec.integrations['orders']!;
  const [target = ''] = Object.keys(orders.targets);
  const with_ = (integration: string | undefined, route: string) => () =>
    explain(
      snapshot,
      {
        ...spec,
        integrations: {
          all: { ...orders, routes: { 'ANY /{proxy+}': target } },
          orders: { ...orders, routes: { 'GET /orders/{id}': target } },
        },
      },
      { clouds: CLOUDS, integration, route },
    ).map((one) => one.route);
  expect(with_(undefined, 'GET /users/you')()).toEqual(['ANY /{proxy+}']);
  expect(with_('all', 'ANY /{proxy+}')()).toEqual(['ANY /{proxy+}']);
  for (const integration of [undefined, 'all'])
    expect(with_(integration, 'GET /users/me')).toThrow(
      'route GET /users/me of api-1 takes GET /users/me, which calls arn:other',
    );
  expect(with_('all', 'GET /orders/7')).toThrow('takes GET /orders/7: it is of integration orders');
});

it('is undecided for a link that could not be read', () => {
  const { verdict, hops } = hopsOf(
    awsWorld(({ linkSpec, withhold }) => {
      delete linkSpec.id;
      Object.assign(linkSpec, { subnets: ['subnet-a', 'subnet-b'], allowlist: ['10.0.11.0/24', '10.0.12.0/24'] });
      withhold('links', 'apigateway:GET');
    }),
  );
  expect(verdict).toBe('unknown');
  expect(hops?.slice(0, 2)).toEqual(['unknown link: not known: links', 'unknown security group out: not known: links']);
});

it('does not use the allowlist of the spec for an instance that could not be read', () => {
  const { verdict, hops } = hopsOf(
    alibabaWorld(({ linkSpec, withhold }) => {
      delete linkSpec.id;
      Object.assign(linkSpec, {
        subnets: ['vsw-j', 'vsw-k'],
        securityGroups: ['sg-link'],
        allowlist: ['10.0.20.0/24'],
      });
      withhold('links', 'apigateway:DescribeInstances');
    }),
  );
  expect(verdict).toBe('unknown');
  expect(hops?.slice(0, 2)).toEqual(['unknown link: not known: links', 'unknown accessible blocks: not known: links']);
});

it('shows what is known of the path to a data center, and what is not', () => {
  const { verdict, hops, assumptions } = hopsOf(awsWorld(dataCenter));
  expect(verdict).toBe('unknown');
  expect(assumptions).toEqual([]);
  expect(hops).toEqual([
    'pass link: AVAILABLE',
    'pass network: outside the network of the link, and connected to it',
    'pass security group out: sg-link: out tcp 8443 to 10.8.0.0/16',
    'pass network ACL out: 100 out allow all to 0.0.0.0/0',
    'pass route: 10.8.0.0/16 → vgw-1 (propagated)',
    'pass on-premises connection: attached; dxvif-1 through dxgw-1 is up, remote blocks: as announced',
    'unknown answer: not known: the return path for subnet-a (10.0.1.0/24) behind vgw-1',
    'pass network ACL in, answer: 100 in allow all from 0.0.0.0/0',
  ]);
});

it('assumes the return path of the spec, and names the assumption', () => {
  const world = awsWorld((one) => {
    dataCenter(one);
    one.spec.assume = { returnPaths: ['10.9.0.0/16', '10.8.0.0/16'] };
  });
  const { verdict, hops, assumptions } = hopsOf(world);
  expect(verdict).toBe('pass');
  expect(hops).toContain('pass answer: 10.8.0.0/16 returns answers');
  expect(assumptions).toEqual([{ path: 'assume.returnPaths[1]', text: 'answers from 10.8.0.0/16 reach the link' }]);
});

it('ends at the first hop that stops the call', () => {
  const { verdict, hops } = hopsOf(awsWorld(edit({ 'securityGroups.sg-lb.rules': [] })));
  expect(verdict).toBe('fail');
  expect(hops?.at(-1)).toBe('fail security group in: no rules for inbound traffic');
});

it.each<[string, (world: World) => void, 'fail' | 'unknown']>([
  ['the listener does not exist', edit({ 'targetSpec.ref': { listener: { loadBalancer: 'gone', port: 1 } } }), 'fail'],
  [
    'load balancers could not be read',
    (world) => {
      world.withhold('loadBalancers', 'elasticloadbalancing:DescribeLoadBalancers');
      world.withhold('listeners', 'elasticloadbalancing:DescribeListeners');
      world.withhold('targets', 'elasticloadbalancing:DescribeListeners');
    },
    'unknown',
  ],
])('a target that is not known: %s', (_why, change, verdict) => {
  const found = hopsOf(awsWorld(change));
  expect(found.verdict).toBe(verdict);
  expect(found.hops?.at(-1)).toMatch(new RegExp(`^${verdict} target: `));
});
