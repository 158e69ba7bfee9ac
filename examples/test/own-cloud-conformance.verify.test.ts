import { clouds, createContext, memoryJournal, PrivateIntegrations } from '@postern/core';
import { judge } from '@postern/core/check';
import { Moves, type MoveEvent, type MoveRequest, type MoveResult } from '@postern/core/moves';
import { parseSpec } from '@postern/core/spec';
import { describeConformance, serviceSetup, waitingClock, type ConformanceSetup } from '@postern/testing/conformance';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Account } from '../own-cloud/account.js';
import { tunnelDriver } from '../own-cloud/cloud.js';
import { cloud } from '../own-cloud/value.js';

const refusal = (status: number, code: string) => ({ status, text: JSON.stringify({ code, message: code }) });

function setUp(): ConformanceSetup & { readonly account: Account } {
  const clock = waitingClock();
  const account = new Account(undefined, clock.now);
  const world = {
    networkId: 'net-1',
    subnetIds: ['sub-a', 'sub-b'],
    securityGroupIds: ['grp-1'],
    targets: [
      { address: '10.0.2.20', port: 8080 },
      { address: '10.0.2.21', port: 8443 },
    ],
    fullSubnetId: 'sub-full',
    fullSubnet: 'refused',
    elsewhere: { networkId: 'net-2', subnetIds: ['sub-x'], target: { address: '10.9.1.20', port: 8080 } },
    missingTarget: { address: '10.0.2.99', port: 8080 },
    gateway: { id: 'router1', ref: { tunnelRouter: 'router1' } },
    missing: { linkId: 'tun-999', gatewayId: 'router9' },
    // More than one page of the service's list.
    fillRoutes: () => {
      const route = { router: 'router1', tunnel: 'tun-0', target: '10.0.2.20:80', path: 'keep', tags: {} } as const;
      const added = Array.from({ length: 60 }, (_, at) => ({ id: `many-${at}`, key: `GET /many/${at}`, ...route }));
      return account.state.routes.push(...added);
    },
  } as const;
  const service = serviceSetup({
    clock,
    send: (operation, input) => account.send(operation, input),
    driver: (send) => tunnelDriver(send, 'north-1'),
    isRead: (operation) => operation.startsWith('List'),
    points: {
      'create link': 'CreateTunnel',
      'rename link': 'ChangeTunnel',
      'delete link': 'CloseTunnel',
      'list links': 'ListTunnels',
      'create route': 'CreateRoute',
      'delete route': 'DeleteRoute',
      'list routes': 'ListRoutes',
      'list targets': 'ListMachines',
      'list interfaces': 'ListMachines',
      'list subnets': 'ListNetwork',
    },
    refusals: {
      throttle: refusal(429, 'Throttled'),
      error: refusal(500, 'Failed'),
      deny: refusal(403, 'Denied'),
      expired: refusal(401, 'Expired'),
    },
  });
  return {
    ...service,
    world,
    account,
    state: () => account.state.routes,
    facts: { unreachable: 'the service is in the process of the driver, and has no endpoint' },
  };
}

describeConformance('a cloud from outside', setUp, { mostSkipped: 11 });

it('has a spec that is planned, applied, checked and removed', async () => {
  const { driver, clock, account } = setUp();
  const text = readFileSync(new URL('../own-cloud/postern.yaml', import.meta.url), 'utf8');
  const spec = parseSpec(text, { clouds: clouds([cloud]) });
  const postern = new PrivateIntegrations(driver, { project: 'shop', clock, judge, journal: memoryJournal() });
  for await (const event of postern.apply(await postern.plan(spec))) expect(event).not.toHaveProperty('error');
  expect(account.state.routes).toMatchObject([{ key: 'ANY /orders', target: '10.0.2.20:8080', tunnel: 'tun-1' }]);
  expect((await postern.plan(spec)).units).toEqual([]);

  const { findings } = await postern.check(spec, { passes: true });
  expect(findings.find(({ check }) => check === 'tunnel/router-load')).toMatchObject({ verdict: 'pass' });
  expect(findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity === 'error')).toEqual([]);

  for await (const event of postern.destroy(spec)) expect(event).not.toHaveProperty('error');
  expect(account.state.routes).toEqual([]);
});

it('moves routes with the SDK, and back, where the request names no provider', async () => {
  const { driver, clock } = setUp();
  const context = createContext({ clock });
  const owner = { project: 'shop', spec: 'shop', integration: 'orders' };
  const made = { owner, subnetIds: ['sub-a', 'sub-b'], securityGroupIds: ['grp-1'], tags: {} };
  const main = await driver.links.create('tunnel', { name: 'main', ...made }, context);
  const next = await driver.links.create('tunnel', { name: 'next', ...made }, context);
  await clock.sleep(2_000);
  const gateway = { kind: 'tunnel-router', id: 'router1' };
  const target = await driver.targets.resolve({ address: '10.0.2.20', port: 8080 }, { link: main }, context);
  const route = { gateway, key: 'ANY /orders', link: main, use: { target, path: 'keep' as const }, owner };
  await driver.routes.create(route, context);
  const linkNow = async () => (await driver.routes.find(gateway, 'ANY /orders', context))?.linkId;
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const resultOf = async (events: AsyncIterable<MoveEvent>) => {
    let result: MoveResult | undefined;
    for await (const event of events) if (event.type === 'move.done') ({ result } = event);
    return result;
  };
  const plan = await moves.plan({ api: 'router1', from: main.id, to: next.id });
  expect(plan.units).toMatchObject([{ unit: { gateway, routes: ['ANY /orders'] } }]);
  const how = { probe: false, pauseMs: 0, drainMs: 60_000 };
  expect(await resultOf(moves.run(plan, how))).toMatchObject({ state: 'draining', failures: [] });
  expect(await linkNow()).toBe(next.id);
  const back = await resultOf(moves.rollback(plan.move, { drainMs: 0 }));
  expect(back).toMatchObject({ state: 'rolled-back', failures: [] });
  expect(await linkNow()).toBe(main.id);

  const whole = await moves.plan({ from: main.id, to: next.id });
  expect(whole.units).toEqual(plan.units);
  expect(whole.findings).toContainEqual(
    expect.objectContaining({
      check: 'migrate/owner',
      message: `if Terraform declares routes of router1 on ${main.id}, the next run sets ${main.id} again`,
      evidence: expect.arrayContaining([expect.objectContaining({ id: 'tunnel_route' })]),
    }),
  );
  expect(await resultOf(moves.run(whole, how))).toMatchObject({ state: 'draining', failures: [] });
  expect(await linkNow()).toBe(next.id);
  expect(await resultOf(moves.rollback(whole.move, { drainMs: 0 }))).toMatchObject({ state: 'rolled-back' });
  expect(await linkNow()).toBe(main.id);
});

it('refuses moves that its kinds do not have', async () => {
  const { driver, clock } = setUp();
  const context = createContext({ clock });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const code = (request: object) => moves.plan(request as MoveRequest).catch(({ code: found }) => found);
  expect(await code({ tunnelRouter: 'router1', stage: 'live', to: 'tun-2', targetBalancer: 'b' })).toBe(
    'INVALID_INPUT',
  );
  expect(await code({ group: 'router1', to: 'tun-2' })).toBe('INVALID_INPUT');
  expect(await code({ from: 'tun-1', to: 'tun-2' })).toBe('NOT_FOUND');
});
