import { ALL_PORTS } from '@postern/core/internal/adapter';
import { abilityOf } from '@postern/core/internal/driver';
import type { AllowEntry, Link } from '@postern/core/internal/library';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';
import type { Trial } from './trial.js';

const FIRST = ['10.20.0.0/20', '10.30.0.0/24'];
const NEXT = '10.40.0.0/24';

function entry(trial: Trial, cidrBlock: string): AllowEntry {
  const ports = trial.traits.allowlistHasPorts;
  return ports
    ? { cidrBlock, protocol: 'tcp', fromPort: 80, toPort: 443 }
    : { cidrBlock, protocol: 'all', ...ALL_PORTS };
}

/** The allowlist without the entries that came with the link: these cannot be added or removed. */
const texts = (entries: readonly AllowEntry[]) =>
  entries
    .filter(({ fixed }) => fixed !== true)
    .map(({ cidrBlock, protocol, fromPort, toPort }) => `${cidrBlock} ${protocol} ${fromPort}-${toPort}`)
    .toSorted();

/** A link with a managed allowlist, created as this cloud requires. */
async function restricted(trial: Trial): Promise<Link> {
  const { driver, ctx } = trial;
  const entries = FIRST.map((block) => entry(trial, block));
  if (!trial.traits.allowlistNeedsCreation) {
    const link = await trial.link();
    await abilityOf(driver, 'allowlist').allow(link, entries, ctx);
    return link;
  }

  const { securityGroupIds } = await prepare(trial);
  return trial.link({ securityGroupIds });
}

function prepare(trial: Trial): Promise<{ readonly securityGroupIds: readonly string[] }> {
  const { networkId } = trial.world;
  const entries = FIRST.map((block) => entry(trial, block));
  const request = {
    networkId,
    owner: trial.owner(),
    name: 'conformance-orders',
    entries,
    tags: { purpose: 'conformance' },
  };
  return abilityOf(trial.driver, 'allowlistGroups').prepare(trial.linkKind, request, trial.ctx);
}

/** Allowlists: what a link may reach. */
export const allowlistChecks: readonly Check[] = [
  check('reads back what was allowed, and that the place is ours', ['allowlist'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await restricted(trial);
    const list = await abilityOf(driver, 'allowlist').read(link, ctx);
    expect(list).toMatchObject({ linkId: link.id, owned: true, wider: [] });
    expect(texts(list.entries)).toEqual(texts(FIRST.map((block) => entry(trial, block))));
  }),
  check('allows more, and again, and leaves what was there', ['allowlist'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await restricted(trial);
    await abilityOf(driver, 'allowlist').allow(link, [entry(trial, NEXT)], ctx);
    await abilityOf(driver, 'allowlist').allow(link, [entry(trial, NEXT), entry(trial, FIRST[0] ?? '')], ctx);
    const list = await abilityOf(driver, 'allowlist').read(link, ctx);
    expect(texts(list.entries)).toEqual(texts([...FIRST, NEXT].map((block) => entry(trial, block))));
  }),
  check('revokes, and again, and leaves the rest', ['allowlist'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await restricted(trial);
    const gone = [entry(trial, FIRST[0] ?? ''), entry(trial, '10.99.0.0/24')];
    await abilityOf(driver, 'allowlist').revoke(link, gone, ctx);
    await abilityOf(driver, 'allowlist').revoke(link, gone, ctx);
    const list = await abilityOf(driver, 'allowlist').read(link, ctx);
    expect(texts(list.entries)).toEqual(texts([entry(trial, FIRST[1] ?? '')]));
  }),
  check('prepares the place once, however often it is asked', ['allowlist', 'allowlistGroups'], async (trial) => {
    const first = await prepare(trial);
    expect(first.securityGroupIds.length).toBeGreaterThan(0);
    expect(await prepare(trial)).toEqual(first);
  }),
  check('releases the place when its link is gone, and again', ['allowlist', 'allowlistGroups'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await restricted(trial);
    await expectRefusal(
      abilityOf(driver, 'allowlistGroups').release(trial.linkKind, trial.owner(), ctx),
      'STILL_REFERENCED',
    );
    expect((await abilityOf(driver, 'allowlist').read(link, ctx)).owned).toBe(true);
    await driver.links.delete(link, ctx);
    await trial.settle(link.id, ['gone']);
    await abilityOf(driver, 'allowlistGroups').release(trial.linkKind, trial.owner(), ctx);
    await abilityOf(driver, 'allowlistGroups').release(trial.linkKind, trial.owner(), ctx);
    const { securityGroups } = await driver.observe({ project: trial.owner().project }, ctx);
    expect(securityGroups.filter(({ id }) => link.securityGroupIds.includes(id))).toEqual([]);
  }),
  check('releases nothing of another owner', ['allowlist', 'allowlistGroups'], async (trial) => {
    const { driver, ctx } = trial;
    const ours = await prepare(trial);
    await abilityOf(driver, 'allowlistGroups').release(trial.linkKind, trial.owner('payments'), ctx);
    await abilityOf(driver, 'allowlistGroups').release(
      trial.linkKind,
      { project: 'somebody', spec: 'somebody', integration: trial.owner().integration },
      ctx,
    );
    expect(await prepare(trial)).toEqual(ours);
  }),
  check(
    'does not touch the groups of a link that was made without a list',
    ['allowlist', 'allowlistGroups'],
    async (trial) => {
      const { driver, ctx } = trial;
      const link = await trial.link();
      const before = await abilityOf(driver, 'allowlist').read(link, ctx);
      expect(before.owned).toBe(false);
      await expectRefusal(abilityOf(driver, 'allowlist').allow(link, [entry(trial, NEXT)], ctx), 'UNSUPPORTED');
      await expectRefusal(abilityOf(driver, 'allowlist').revoke(link, [entry(trial, NEXT)], ctx), 'UNSUPPORTED');
      expect(await abilityOf(driver, 'allowlist').read(link, ctx)).toEqual(before);
    },
  ),
  check(
    'says when another group of the link allows more, and refuses to pretend',
    ['allowlist', 'allowlistGroups'],
    async (trial) => {
      const { driver, ctx, world } = trial;
      const { securityGroupIds } = await prepare(trial);
      // The world's own group has the default rule, which allows everything.
      const link = await trial.link({ securityGroupIds: [...securityGroupIds, world.securityGroupIds?.[0] ?? ''] });
      expect((await abilityOf(driver, 'allowlist').read(link, ctx)).wider.length).toBeGreaterThan(0);
      await expectRefusal(
        abilityOf(driver, 'allowlist').allow(link, [entry(trial, NEXT)], ctx),
        'ALLOWLIST_INEFFECTIVE',
      );
    },
  ),
];
