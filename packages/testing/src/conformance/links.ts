import { abilityOf } from '@postern/core/internal/driver';
import { linkHash } from '@postern/core/internal/adapter';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

/** Links: made, found by mark, awaited with one list for many, renamed, deleted. */
export const linkChecks: readonly Check[] = [
  check('creates a link that carries the mark of its owner, and finds it by id and by mark', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const request = trial.linkRequest();
    const { id } = await driver.links.create(trial.linkKind, request, ctx);
    const byMark = await driver.links.find({ kind: trial.linkKind, owner: request.owner }, ctx);
    expect(byMark).toEqual(await driver.links.find(trial.linkRef(id), ctx));
    expect(byMark).toMatchObject({
      id,
      name: request.name,
      networkId: world.networkId,
      owner: { project: request.owner.project, integration: request.owner.integration },
      tags: request.tags,
    });
    expect(byMark?.subnetIds.toSorted()).toEqual(request.subnetIds.toSorted());
    expect(byMark?.raw).toBeDefined();
  }),
  check('shows a new link as pending, with the cloud’s own word, until it is ready', [], async (trial) => {
    const { id } = await trial.driver.links.create(trial.linkKind, trial.linkRequest(), trial.ctx);
    const young = await trial.found(id);
    expect(young.state).toBe('pending');
    expect(young.nativeState).not.toBe('');
    await trial.settle(id, ['ready']);
    expect(await trial.found(id)).toMatchObject({ state: 'ready' });
  }),
  check(
    'says why a link cannot come to be where a subnet has no address left, and lets it be deleted',
    ['subnets', 'fullSubnetId'],
    async (trial) => {
      const { driver, ctx, world } = trial;
      const request = trial.linkRequest({ subnetIds: [world.fullSubnetId ?? ''] });
      const creating = driver.links.create(trial.linkKind, request, ctx);
      if (world.fullSubnet === 'refused') return void (await expectRefusal(creating, 'ADDRESSES_EXHAUSTED'));

      const { id } = await creating;
      await trial.settle(id, ['failed']);
      const failed = await trial.found(id);
      expect(failed.reason).toBeTruthy();
      expect(failed.owner).toMatchObject(request.owner);
      await driver.links.delete(trial.linkRef(id), ctx);
      await trial.settle(id, ['gone']);
    },
  ),
  check('finds nothing for an id or a mark that nobody carries', [], async (trial) => {
    const { driver, ctx, world } = trial;
    expect(await driver.links.find(trial.linkRef(world.missing.linkId), ctx)).toBeUndefined();
    expect(await driver.links.find({ kind: trial.linkKind, owner: trial.owner('nobody') }, ctx)).toBeUndefined();
  }),
  check('tells projects, integrations and hashes apart', [], async (trial) => {
    const { driver, ctx } = trial;
    const request = trial.linkRequest();
    const { subnetIds, securityGroupIds, loadBalancerId } = request;
    const loadBalancerIds = loadBalancerId === undefined ? undefined : [loadBalancerId];
    const specHash = linkHash(request.owner, { subnetIds, securityGroupIds, loadBalancerIds });
    const owner = { ...request.owner, specHash };
    const { id } = await driver.links.create(trial.linkKind, { ...request, owner }, ctx);
    expect(await driver.links.find({ kind: trial.linkKind, owner }, ctx)).toMatchObject({ id });
    expect(await driver.links.find({ kind: trial.linkKind, owner: trial.owner() }, ctx)).toMatchObject({
      id,
      owner: { specHash },
    });
    for (const other of [
      { ...owner, specHash: 'def456' },
      { ...owner, project: 'conformance2' },
      { ...owner, integration: 'order' },
    ]) {
      expect(
        await driver.links.find({ kind: trial.linkKind, owner: other }, ctx),
        JSON.stringify(other),
      ).toBeUndefined();
    }
  }),
  check('does not find a mark with a hash that is not that of the link: it was copied', [], async (trial) => {
    const { driver, ctx } = trial;
    const owner = trial.owner('copied', { specHash: 'abc123' });
    const { id } = await driver.links.create(trial.linkKind, trial.linkRequest({ owner }), ctx);
    await trial.settle(id, ['ready']);
    expect(await driver.links.find({ kind: trial.linkKind, owner }, ctx)).toBeUndefined();
    expect(await driver.links.find({ kind: trial.linkKind, owner: trial.owner('copied') }, ctx)).toMatchObject({
      id,
    });
  }),
  check('prefers the usable one of two links with one mark', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const by = { kind: trial.linkKind, owner: trial.owner() };
    const old = await trial.link();
    const young = await trial.link();
    const found = await driver.links.find(by, ctx);
    expect([old.id, young.id]).toContain(found?.id);
    // Links to a load balancer do not say when they were made.
    if (world.loadBalancerIds === undefined) expect(found?.id).toBe(old.id);
    const [first, next] = found?.id === old.id ? [old, young] : [young, old];
    await driver.links.delete(first, ctx);
    expect(await driver.links.find(by, ctx)).toMatchObject({ id: next.id });
    await driver.links.delete(next, ctx);
    expect((await driver.links.find(by, ctx))?.state).toBe('deleting');
  }),
  check('reads the states of many links at once; what is gone is missing', [], async (trial) => {
    const { driver, ctx, world, setup } = trial;
    const one = await driver.links.create(trial.linkKind, trial.linkRequest(), ctx);
    const two = await driver.links.create(trial.linkKind, trial.linkRequest({ owner: trial.owner('payments') }), ctx);
    const before = setup.calls?.() ?? 0;
    const states = await driver.links.statuses([one, trial.linkRef(world.missing.linkId), two], ctx);
    expect(states.map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    if (setup.calls) expect(setup.calls() - before, 'calls for three links').toBeLessThan(3);
    expect(await driver.links.statuses([], ctx)).toEqual([]);
  }),
  check('renames a link and leaves its marks', ['linkChanges'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await trial.link();
    await abilityOf(driver, 'linkChanges').rename(link, 'conformance-renamed', ctx);
    await abilityOf(driver, 'linkChanges').rename(link, 'conformance-renamed', ctx);
    const { raw: _, ...rest } = await trial.found(link.id);
    const { raw: __, ...before } = link;
    expect(rest).toEqual({ ...before, name: 'conformance-renamed' });
  }),
  check('sets tags and leaves those that are not named', ['linkChanges'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await trial.link();
    await abilityOf(driver, 'linkChanges').tag(link, { team: 'payments' }, ctx);
    const tagged = await trial.found(link.id);
    expect(tagged.tags).toEqual({ ...link.tags, team: 'payments' });
    expect(tagged.owner).toEqual(link.owner);
  }),
  check('removes tags, and again, and leaves those that are not named', ['linkChanges'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await trial.link();
    await abilityOf(driver, 'linkChanges').tag(link, { team: 'payments' }, ctx);
    for (const keys of [['team', 'nobody'], ['team']]) await abilityOf(driver, 'linkChanges').untag(link, keys, ctx);
    const { tags, owner } = await trial.found(link.id);
    expect({ tags, owner }).toEqual({ tags: link.tags, owner: link.owner });
  }),
  check('deletes a link, and again, and one that never was', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    await driver.links.delete(link, ctx);
    await driver.links.delete(link, ctx);
    await trial.settle(link.id, ['gone']);
    await driver.links.delete(link, ctx);
    await driver.links.delete(trial.linkRef(world.missing.linkId), ctx);
    expect(await driver.links.find(link, ctx)).toBeUndefined();
    expect(await trial.countLinks()).toBe(0);
  }),
  check('does not delete a link that a route uses', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const route = await trial.route(link);
    const error = await expectRefusal(driver.links.delete(link, ctx), 'STILL_REFERENCED');
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(await trial.found(link.id)).toMatchObject({ state: 'ready' });
    await driver.routes.delete(trial.gatewayRef(world.gateway.id), route.key, trial.owner(), ctx);
    await driver.links.delete(link, ctx);
  }),
  check('refuses a link with subnets of two networks, and makes none', ['subnets', 'elsewhere'], async (trial) => {
    const { driver, ctx, world } = trial;
    const subnetIds = [world.subnetIds[0] ?? '', world.elsewhere?.subnetIds[0] ?? ''];
    await expectRefusal(
      driver.links.create(trial.linkKind, trial.linkRequest({ subnetIds }), ctx),
      'SUBNETS_OF_SEVERAL_NETWORKS',
    );
    expect(await trial.countLinks()).toBe(0);
  }),
  check('never changes the subnets of a link: it has no way to', ['linkChanges'], async (trial) => {
    const link = await trial.link();
    await abilityOf(trial.driver, 'linkChanges').rename(link, 'conformance-renamed', trial.ctx);
    await abilityOf(trial.driver, 'linkChanges').tag(link, { team: 'payments' }, trial.ctx);
    const { subnetIds, securityGroupIds, networkId } = await trial.found(link.id);
    expect({ subnetIds, securityGroupIds, networkId }).toEqual({
      subnetIds: link.subnetIds,
      securityGroupIds: link.securityGroupIds,
      networkId: link.networkId,
    });
  }),
];
