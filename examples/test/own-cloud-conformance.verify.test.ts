import { createContext, memoryJournal, type Clock } from '@postern/core';
import { Moves, type MoveEvent, type MoveRequest, type MoveResult } from '@postern/core/moves';
import { describeConformance, type ConformanceSetup, type FaultPoint } from '@postern/testing/conformance';
import { expect, it } from 'vitest';
import { Account } from '../own-cloud/account.js';
import type { Send } from '../own-cloud/api.js';
import { tunnelDriver } from '../own-cloud/cloud.js';

const REGION = 'north-1';

/** More than one page of the service's list. */
const MANY = 60;

/** The operation behind each point of the suite at which a call can fail. */
const OPERATIONS: Partial<Record<FaultPoint, string>> = {
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
};

/** Time that passes in waits alone. */
function autoClock(): Clock {
  let ms = Date.parse('2026-06-01T00:00:00Z');
  return {
    now: () => ms,
    monotonicMs: () => ms,
    sleep: (wait, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      ms += wait;
      return Promise.resolve();
    },
  };
}

/** A process that is killed at its write number `at`: before the service carries it out, or before its answer arrives. */
function killed(account: Account, at = Infinity, when: 'before' | 'after' = 'after'): Send {
  let writes = 0;
  return async (operation, input) => {
    const isLast = !operation.startsWith('List') && (writes += 1) === at;
    if (writes > at || (isLast && when === 'before')) throw new Error(`killed in ${operation}`);
    const answer = await account.send(operation, input);
    if (isLast) writes = Infinity;
    if (isLast) throw new Error(`killed in ${operation}`);
    return answer;
  };
}

function setUp(): ConformanceSetup {
  const clock = autoClock();
  const account = new Account(undefined, () => clock.now());
  const process = (at?: number, when?: 'before' | 'after') => tunnelDriver(killed(account, at, when), REGION);
  return {
    driver: process(),
    process,
    clock,
    world: {
      networkId: 'net-1',
      subnetIds: ['sub-a', 'sub-b'],
      securityGroupIds: ['grp-1'],
      fullSubnetId: 'sub-full',
      fullSubnet: 'refused',
      elsewhere: { networkId: 'net-2', subnetIds: ['sub-x'], target: { address: '10.9.1.20', port: 8080 } },
      targets: [
        { address: '10.0.2.20', port: 8080 },
        { address: '10.0.2.21', port: 8443 },
      ],
      missingTarget: { address: '10.0.2.99', port: 8080 },
      gateway: { id: 'router1', ref: { tunnelRouter: 'router1' } },
      missing: { linkId: 'tun-999', gatewayId: 'router9' },
      fillRoutes: () => {
        const at = account.state.routes.length;
        for (let index = at; index < at + MANY; index += 1)
          account.state.routes.push({
            id: `many-${index}`,
            router: 'router1',
            key: `GET /many/${index}`,
            tunnel: 'tun-0',
            target: '10.0.2.20:80',
            description: '',
          });
        return MANY;
      },
    },
    calls: () => account.journal.length,
    faults: {
      add: (point, fault) => {
        const operation = OPERATIONS[point];
        if (operation !== undefined) account.faults.push({ operation, ...fault });
      },
      clear: () => account.faults.splice(0),
    },
    state: () => account.state.routes,
    facts: {
      unreachable: 'the service is in the process of the driver, and has no endpoint',
    },
  };
}

describeConformance('a cloud from outside', setUp, { mostSkipped: 11 });

it('moves routes with the SDK, and back, where the request names no provider', async () => {
  const { driver, clock } = setUp();
  const context = createContext({ clock });
  const owner = { project: 'shop', integration: 'orders' };
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
