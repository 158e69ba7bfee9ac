import { PrivateIntegrations, memoryJournal, type Clock } from '@postern/core';
import { judge } from '@postern/core/check';
import { clouds } from '@postern/core/kinds';
import { parseSpec } from '@postern/core/spec';
import { describeConformance, type ConformanceSetup, type FaultPoint } from '@postern/testing/conformance';
import { describe, expect, it } from 'vitest';
import { Account } from '../own-cloud-new/account.js';
import { tunnelDriver } from '../own-cloud-new/cloud.js';
import { cloud } from '../own-cloud-new/value.js';

/** A clock that advances with each wait. */
function autoClock(): Clock {
  let now = Date.UTC(2026, 10, 26);
  return {
    now: () => now,
    monotonicMs: () => now,
    sleep: (ms) => {
      now += ms;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const OPERATIONS: Readonly<Partial<Record<FaultPoint, readonly string[]>>> = {
  'read identity': ['WhoAmI'],
  'create link': ['OpenTunnel'],
  'rename link': ['ChangeTunnel'],
  'delete link': ['CloseTunnel'],
  'list links': ['ListTunnels'],
  'create route': ['CreateRoute'],
  'delete route': ['DeleteRoute'],
  'list routes': ['ListRoutes'],
  'list targets': ['ListMachines'],
  'list interfaces': ['ListMachines'],
  'list subnets': ['ListSegments'],
};

function setUp(): ConformanceSetup {
  const clock = autoClock();
  const account = new Account(clock);
  return {
    driver: tunnelDriver(account.send, 'north-1'),
    clock,
    world: {
      networkId: 'net-1',
      securityGroupIds: ['grp-1'],
      subnetIds: ['seg-1', 'seg-2'],
      targets: [
        { address: '10.9.1.5', port: 8080 },
        { address: '10.9.2.5', port: 8080 },
      ],
      gateway: { id: 'router1', ref: { tunnelRouter: 'router1' } },
      missingTarget: { address: '10.9.9.9', port: 8080 },
      missing: { linkId: 'tun-999', gatewayId: 'router9' },
      fillRoutes: async () => {
        await account.send('OpenTunnel', { name: 'other', segments: ['seg-1'], groups: [], tags: {} });
        const lead = { router: 'router1', tunnel: 'tun-1', address: '10.9.1.5', port: 80, path: 'overwrite', tags: {} };
        for (let each = 0; each < 15; each++) await account.send('CreateRoute', { ...lead, key: `GET /fill/${each}` });
        return 15;
      },
    },
    faults: {
      add: (point, { kind, after = 0, times = Infinity, ms }) =>
        account.faults.push({ operations: OPERATIONS[point] ?? [], kind, after, times, ms }),
      clear: () => (account.faults = []),
    },
    state: () => structuredClone(account.routes),
  };
}

describeConformance('a cloud from outside', setUp);

const SPEC = `
version: 1
project: shop
spec: shop-own-1a2b3c
links:
  main: { provider: tunnel, region: north-1, subnets: [seg-1, seg-2], securityGroups: [grp-1] }
integrations:
  orders:
    link: main
    gateway: { tunnelRouter: router1 }
    targets: { orders: { address: 10.9.1.5, port: 8080 } }
    routes: { 'ANY /orders/{proxy+}': orders }
`;

describe('a spec on a cloud from outside', () => {
  it('is planned, applied, checked and removed', async () => {
    const clock = autoClock();
    const account = new Account(clock);
    const spec = parseSpec(SPEC, { clouds: clouds([cloud]) });
    const postern = new PrivateIntegrations(tunnelDriver(account.send, 'north-1'), {
      project: 'shop',
      clock,
      judge,
      journal: memoryJournal(),
    });
    const run = async (events: AsyncIterable<unknown>): Promise<void> => {
      for await (const event of events) void event;
    };

    const plan = await postern.plan(spec);
    await run(postern.apply(plan));
    expect(account.routes.map(({ key, address }) => [key, address])).toEqual([['ANY /orders/{proxy+}', '10.9.1.5']]);
    expect((await postern.plan(spec)).units).toEqual([]);

    const report = await postern.check(spec, { passes: true });
    expect(report.findings.filter(({ check }) => check === 'tunnel/two-segments')).toMatchObject([{ verdict: 'pass' }]);
    expect(
      report.findings.filter(({ verdict }) => verdict !== 'pass').map(({ check, message }) => `${check}: ${message}`),
    ).toEqual([]);

    await run(postern.destroy(spec));
    expect(account.routes).toEqual([]);
    expect((await postern.observe()).regions[0]?.links).toEqual([]);
  });
});
