import type { RegionSnapshot } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

const json = (snapshot: RegionSnapshot): unknown => JSON.parse(JSON.stringify(snapshot));

/** Observation: the current state, and the parts that could not be read. */
export const observeChecks: readonly Check[] = [
  check('says whose the credentials are, the same each time', [], async ({ driver, ctx }) => {
    const identity = await driver.identity(ctx);
    expect(identity.account).not.toBe('');
    expect(await driver.identity(ctx)).toEqual(identity);
    expect((await driver.observe({}, ctx)).account).toBe(identity.account);
  }),
  check('sees everything there is as plain JSON, without gaps', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const route = await trial.route(link);
    const snapshot = await driver.observe({ all: true, egress: true }, ctx);
    expect(snapshot).toMatchObject({ provider: driver.provider, region: driver.region, gaps: [] });
    expect(json(snapshot)).toEqual(snapshot);
    expect(snapshot.links.map(({ id }) => id)).toContain(link.id);
    const gateway = snapshot.gateways.find(({ id }) => id === world.gateway.id);
    expect(gateway?.routes.map(({ id }) => id)).toEqual([route.id]);
    expect(gateway?.routes[0]).toMatchObject({ linkId: link.id, targetId: route.targetId, owner: trial.owner() });
    expect(snapshot.networks.map(({ id }) => id)).toContain(world.networkId);
    expect(snapshot.subnets.map(({ id }) => id)).toEqual(expect.arrayContaining([...world.subnetIds]));
    // What needs no resource is in no list.
    const plain = trial.rules.plainTarget?.(world.targets[0]);
    if (plain === undefined) expect(snapshot.targets.map(({ id }) => id)).toContain(route.targetId);
    expect(snapshot.egress.find(({ linkId }) => linkId === link.id)?.addresses.length).toBeGreaterThan(0);
  }),
  check('sees the same world twice', [], async (trial) => {
    const { driver, ctx } = trial;
    await trial.route(await trial.link());
    const first = await driver.observe({ all: true, egress: true }, ctx);
    expect(json(await driver.observe({ all: true, egress: true }, ctx))).toEqual(json(first));
  }),
  check('reads only what is asked for', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    await trial.route(link);
    const nothing = await driver.observe({}, ctx);
    expect(nothing.gateways).toEqual([]);
    expect(nothing.egress).toEqual([]);
    const scoped = await driver.observe(
      { gateways: [world.gateway.ref], links: [link.id], linkKinds: [link.kind] },
      ctx,
    );
    expect(scoped.gateways.map(({ id }) => id)).toEqual([world.gateway.id]);
    expect(scoped.links.map(({ id }) => id)).toContain(link.id);
  }),
  check(
    'sees each target of the scope that exists, and leaves out the one that does not',
    ['missingTarget'],
    async (trial) => {
      const { driver, ctx, world } = trial;
      if (trial.traits.targetsAreResources) {
        const link = await trial.link();
        for (const index of world.targets.keys()) await trial.target(link, index);
      }
      const resolved = await Promise.all(
        world.targets.map((ref) => driver.targets.resolve(ref, { networkId: world.networkId }, ctx)),
      );
      const { targets, gaps } = await driver.observe({ targets: [...world.targets, world.missingTarget ?? {}] }, ctx);
      expect(targets.map(({ id }) => id).toSorted()).toEqual(resolved.map(({ id }) => id).toSorted());
      expect(gaps).toEqual([]);
    },
  ),
  check('has no gateway that does not exist, and no gap for it', [], async ({ driver, ctx, world }) => {
    const [kind] = Object.keys(world.gateway.ref);
    const ref = { ...world.gateway.ref, [kind ?? '']: world.missing.gatewayId };
    const { gateways, gaps } = await driver.observe({ gateways: [ref] }, ctx);
    expect(gateways).toEqual([]);
    expect(gaps.filter(({ of }) => of === 'gateways')).toEqual([]);
  }),
  check('writes down what it may not read, and reads the rest', ['faults'], async (trial) => {
    const { driver, ctx, faults } = trial;
    const link = await trial.link();
    faults.add('list targets', { kind: 'deny' });
    const { links, gaps } = await driver.observe({ all: true, egress: true, targets: trial.world.targets }, ctx);
    expect(links.map(({ id }) => id)).toContain(link.id);
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) {
      expect(gap.code).toBe('PERMISSION_DENIED');
      expect(gap.what).not.toBe('');
      expect(gap.permission, gap.what).toBeTruthy();
    }
  }),
  check('reads lists to their end', ['fillRoutes'], async (trial) => {
    const { driver, ctx, world } = trial;
    const count = (await world.fillRoutes?.()) ?? 0;
    const route = await trial.route(await trial.link());
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways[0]?.routes).toHaveLength(count + 1);
    expect(new Set(gateways[0]?.routes.map(({ key }) => key)).size).toBe(count + 1);
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), route.key, ctx)).toMatchObject({
      id: route.id,
    });
    await driver.routes.delete(trial.gatewayRef(world.gateway.id), route.key, trial.owner(), ctx);
    expect((await driver.observe({ gateways: [world.gateway.ref] }, ctx)).gateways[0]?.routes).toHaveLength(count);
  }),
  check(
    'does not take the beginning of a list for the whole, when a later page fails for good',
    ['faults', 'fillRoutes'],
    async (trial) => {
      const { driver, ctx, faults, world } = trial;
      await world.fillRoutes?.();
      faults.add('list routes', { kind: 'html', after: 1 });
      const { gateways, gaps } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
      expect(gateways).toEqual([]);
      expect(gaps.map(({ of }) => of)).toContain('gateways');
      faults.clear();
      faults.add('list routes', { kind: 'html', after: 1 });
      await expectRefusal(
        driver.routes.find(trial.gatewayRef(world.gateway.id), 'GET /nothing', ctx),
        'INCOMPLETE_LIST',
      );
    },
  ),
];
