import type { ErrorCode, Finding, Spec } from '@postern/core';
import { check } from '@postern/core/check';
import { observeSpec } from '@postern/core/plan';
import type { FaultKind } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { alibaba, readPolicy } from '../../src/index.js';
import { checkedWorld } from '../world/checked-world.js';
import { OWNER, REGION, refusalOf } from '../world/simulated.js';

const PROVE = process.env['POSTERN_PROVE'] === '1';
/** Products as the simulator's journal names them, where RAM has another name. */
const SERVICES: Readonly<Record<string, string>> = { apigateway: 'cloudapi' };

/** What is read after the identity and the links, without which nothing can be determined. */
const READS = readPolicy
  .filter(({ fills }) => fills.length > 0 && !fills.includes('links'))
  .map(({ action, operations: [operation = ''], fills }) => {
    const product = action.split(':')[0] ?? '';
    const service = operation === 'ListVpcPeerConnections' ? 'vpcpeer' : (SERVICES[product] ?? product);
    return { action, service, operation, fills };
  });
type Row = [string, FaultKind, ErrorCode, (typeof READS)[number]];

const keyOf = ({ check: id, integration, subject }: Finding): string => [id, integration, subject].join(' | ');

async function scene() {
  const world = await checkedWorld();
  const { driver, ctx, simulation, linkId } = world;
  const [ref = { instance: '', port: 0 }] = world.world.targets;
  const spec: Spec = {
    version: 1,
    project: OWNER.project,
    links: { main: { provider: 'alibaba', region: REGION, id: linkId, tags: {} } },
    integrations: {
      orders: {
        link: 'main',
        gateway: { apiGroup: world.world.gateway.id },
        // Behind the second there is a vServer group.
        targets: { orders: { ref }, carts: { ref: { ...ref, port: 81 } } },
        routes: { 'GET /open': 'orders', 'GET /carts': 'carts' },
      },
    },
  };
  const read = () => observeSpec(spec, () => Promise.resolve(driver), ctx, { all: true, checks: true });
  const during = async <T>(service: string, operation: string, kind: FaultKind, act: () => Promise<T>): Promise<T> => {
    simulation.faults.add({ service, operation, kind });
    return act().finally(() => simulation.faults.clear());
  };
  return { ...world, spec, read, during };
}

describe('a read that fails on every attempt', () => {
  let cloud: Awaited<ReturnType<typeof scene>>;
  let before: ReadonlyMap<string, Finding>;
  beforeAll(async () => {
    cloud = await scene();
    before = new Map(check(await cloud.read(), cloud.spec).findings.map((one) => [keyOf(one), one]));
  });

  it.each(
    READS.flatMap((read, index): Row[] => [
      [read.action, 'throttle', 'THROTTLED', read],
      ...(PROVE || index % 5 === 0 ? [[read.action, 'error', 'CLOUD_FAILED', read] as Row] : []),
    ]),
  )('%s is a gap (%s), the rest is read, and no check passes because of it', async (_, kind, code, one) => {
    const { service, operation, fills } = one;
    const snapshot = await cloud.during(service, operation, kind, () => cloud.read());
    const [region] = snapshot.regions;
    expect(region?.gaps).not.toEqual([]);
    for (const gap of region?.gaps ?? []) {
      expect(gap).toMatchObject({ operation, code });
      expect(fills).toContain(gap.of);
    }
    expect(region?.links).not.toEqual([]);
    if (!fills.includes('networks')) expect(region?.networks).not.toEqual([]);
    const { findings } = check(snapshot, cloud.spec);
    for (const finding of findings) {
      const was = before.get(keyOf(finding))?.verdict ?? finding.verdict;
      if (finding.verdict !== 'unknown')
        expect.soft(was, `${keyOf(finding)}: ${finding.message}`).toBe(finding.verdict);
    }
  });

  it.each([
    ['cloudapi', 'DescribeInstances'],
    ['sts', 'GetCallerIdentity'],
  ])('%s %s is an error, since nothing can be determined without it', async (service, operation) => {
    const { simulation, spec, ctx, during } = cloud;
    const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
    const read = () => observeSpec(spec, () => Promise.resolve(driver), ctx, { checks: true });
    expect(await refusalOf(during(service, operation, 'throttle', read))).toMatchObject({
      code: 'THROTTLED',
      operation,
    });
  });

  it('is not retried for each of many API groups', async () => {
    const { simulation, driver, ctx, call, linkId } = await scene();
    for (let index = 0; index < 20; index += 1) {
      call('CloudAPI', 'CreateApiGroup', { GroupName: `group_${index}`, InstanceId: linkId });
    }
    const started = simulation.clock.now();
    simulation.faults.add({ operation: 'DescribeApiGroup', kind: 'throttle' });
    const { gateways, gaps } = await driver.observe({ all: true, checks: true }, ctx);
    expect(simulation.clock.now() - started).toBeLessThan(300_000);
    expect(gateways).toEqual([]);
    const named = gaps.filter(({ of, id, code }) => of === 'gateways' && id !== undefined && code === 'THROTTLED');
    expect(new Set(named.map(({ id }) => id)).size).toBeGreaterThan(20);
  });
});
