import { check, createContext, observeSpec, type Finding, type Snapshot, type Spec } from '@postern/core';
import { simulate } from '@postern/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { aws, readPolicy } from '../src/index.js';
import { buildChecksWorld, type ChecksWorld } from './checks-world.js';
import { OWNER, REGION } from './simulated.js';

/**
 * A link to everything that the world has: listeners that end TLS, redirect, hand on to another load balancer or to places beyond
 * a VPN and a Direct Connect line, and a service; and a link that is not there yet.
 */
const specOf = (world: ChecksWorld): Spec => ({
  version: 1,
  project: OWNER.project,
  links: {
    eu: {
      provider: 'aws',
      region: REGION,
      subnets: world.subnetIds,
      securityGroups: [world.linkGroup],
      tags: {},
    },
    more: {
      provider: 'aws',
      region: REGION,
      subnets: world.subnetIds,
      securityGroups: [world.linkGroup],
      tags: {},
    },
  },
  assume: { returnPaths: ['192.168.0.0/16', '10.200.0.0/16'] },
  integrations: {
    orders: {
      link: 'eu',
      gateway: { httpApi: world.apiId },
      targets: {
        secure: { ref: { listener: world.httpsListener }, tls: { serverName: 'shop.internal.example.com' } },
        plain: { ref: { listener: world.redirectListener } },
        raw: { ref: { listener: world.tcpListener } },
        hidden: { ref: { listener: world.albListener } },
        service: { ref: { service: world.serviceArn } },
      },
      routes: {
        'GET /secure': 'secure',
        'GET /plain': 'plain',
        'GET /raw': 'raw',
        'GET /hidden': 'hidden',
        'GET /service': 'service',
      },
    },
  },
});

const keyOf = ({ check: id, integration, subject }: Finding): string => [id, integration, subject].join(' | ');

async function checkedWorld() {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const world = await buildChecksWorld(simulation, REGION);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const { id: linkId } = await driver.links.create(
    {
      name: 'eu',
      owner: { project: OWNER.project, integration: 'eu' },
      subnetIds: world.subnetIds,
      securityGroupIds: [world.linkGroup],
      tags: {},
    },
    ctx,
  );
  await simulation.advance(900_000);
  const spec = specOf(world);
  const read = (): Promise<Snapshot> => observeSpec(spec, () => Promise.resolve(driver), ctx, { checks: true });
  return { simulation, spec, read, linkId };
}

/** Their remedies say what to read, not yet by which permission; the report's gaps do. */
const IN_GENERAL: ReadonlySet<string> = new Set(['ec2:DescribeNetworkAcls', 'ec2:GetManagedPrefixListEntries']);

describe('a permission that is missing', () => {
  let cloud: Awaited<ReturnType<typeof checkedWorld>>;
  let before: ReadonlyMap<string, Finding>;
  beforeAll(async () => {
    cloud = await checkedWorld();
    before = new Map(check(await cloud.read(), cloud.spec).findings.map((one) => [keyOf(one), one]));
  });

  it.each(readPolicy.map((one) => [one.action, one.operations] as const))(
    '%s turns nothing into a pass, and makes something unknown that names it (%s)',
    async (action) => {
      const { simulation, spec, read } = cloud;
      const operations = readPolicy.filter((one) => one.action === action).flatMap((one) => one.operations);
      for (const operation of operations) simulation.faults.add({ operation, kind: 'deny' });
      const findings = await read()
        .then((snapshot) => check(snapshot, spec).findings)
        .finally(() => simulation.faults.clear());
      for (const one of findings) {
        const was = before.get(keyOf(one));
        if (one.verdict === 'pass' && was !== undefined)
          expect.soft(was.verdict, `${keyOf(one)}: ${one.message}`).toBe('pass');
      }
      const unknown = findings.filter(
        (one) => one.verdict === 'unknown' && before.get(keyOf(one))?.verdict !== 'unknown',
      );
      const naming = unknown.filter(({ remedy }) => remedy?.includes(action));
      expect((IN_GENERAL.has(action) ? unknown : naming).map(keyOf)).not.toEqual([]);
    },
  );
});
