import { abilityOf } from '@postern/core/internal/driver';
import { expect } from 'vitest';
import { check, reasonToSkip, type Check, expectRefusal } from './check.js';
import { allowlistChecks } from './allowlist.js';
import { adoptedLinkChecks, lifecycleChecks, twoSpecChecks } from './apply/lifecycle.js';
import { forgetChecks } from './apply/forget.js';
import { movedChecks } from './apply/moved.js';
import { errorChecks } from './errors.js';
import { linkChecks } from './links.js';
import { observeChecks } from './observe.js';
import { onceChecks } from './once.js';
import { routeChecks } from './routes.js';
import type { ConformanceSetup } from './setup.js';
import { Trial } from './trial.js';
import { contains, parseAddress, parsePrefix } from '@postern/core/internal/cidr';

/** Egress: the source addresses of a link's calls. */
const egressChecks: readonly Check[] = [
  check('knows the addresses of a link that is ready, all of them within its blocks', ['egress'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await trial.link();
    const egress = await abilityOf(driver, 'egress')(link, ctx);
    expect(egress.linkId).toBe(link.id);
    expect(egress.addresses.length).toBeGreaterThan(0);
    expect(new Set(egress.addresses).size).toBe(egress.addresses.length);
    const prefixes = egress.prefixes.map((text) => parsePrefix(text));
    for (const text of egress.addresses) {
      const address = parseAddress(text);
      expect(
        prefixes.some((prefix) => contains(prefix, address)),
        `${text} in ${egress.prefixes.join(', ')}`,
      ).toBe(true);
    }
    expect(egress.securityGroupIds).toEqual(link.securityGroupIds);
    expect(['momentary', 'stable']).toContain(egress.stability);
  }),
  check('knows the blocks before there are addresses', ['egress'], async (trial) => {
    const { driver, ctx } = trial;
    const { id } = await driver.links.create(trial.linkKind, trial.linkRequest(), ctx);
    const young = await abilityOf(driver, 'egress')(trial.linkRef(id), ctx);
    expect(young.addresses).toEqual([]);
    await trial.settle(id, ['ready']);
    expect((await abilityOf(driver, 'egress')(trial.linkRef(id), ctx)).prefixes).toEqual(young.prefixes);
  }),
  check('does not mix up the addresses of two links in the same subnets and groups', ['egress'], async (trial) => {
    const { driver, ctx } = trial;
    const one = await trial.link();
    const two = await trial.link({ owner: trial.owner('payments') });
    const ofOne = await abilityOf(driver, 'egress')(one, ctx);
    const ofTwo = await abilityOf(driver, 'egress')(two, ctx);
    expect(ofOne.addresses.filter((address) => ofTwo.addresses.includes(address))).toEqual([]);
  }),
  check('says for each target whose address it sees, and why', ['egress'], async (trial) => {
    const { driver, ctx } = trial;
    const link = await trial.link();
    const before = await abilityOf(driver, 'egress')(link, ctx);
    const route = await trial.route(link);
    const { seenBy } = await abilityOf(driver, 'egress')(link, ctx);
    expect(seenBy.map(({ target }) => target)).toContain(route.targetId);
    expect(before.seenBy.length).toBeGreaterThan(0);
    for (const { target, source, because } of [...before.seenBy, ...seenBy]) {
      expect(target).not.toBe('');
      expect(['link', 'load-balancer']).toContain(source);
      expect(because).not.toBe('');
    }
  }),
  check('refuses the egress of a link that does not exist', ['egress'], async (trial) => {
    const { driver, ctx, world } = trial;
    await expectRefusal(abilityOf(driver, 'egress')(trial.linkRef(world.missing.linkId), ctx), 'NOT_FOUND');
  }),
];

const resources = ['targetResources'] as const;

/** Targets: what a reference means, and what it cannot mean. */
const targetChecks: readonly Check[] = [
  check('resolves every target of the network, the same way each time', [], async ({ driver, ctx, world }) => {
    const seen = new Set<string>();
    for (const ref of world.targets) {
      const target = await driver.targets.resolve(ref, { networkId: world.networkId }, ctx);
      expect(target.id).not.toBe('');
      // A registry's service does not show the network of its instances.
      if (target.kind !== 'service') expect(target.networkId).toBe(world.networkId);
      expect(await driver.targets.resolve(ref, { networkId: world.networkId }, ctx)).toEqual(target);
      seen.add(target.id);
    }
    expect(seen.size).toBe(world.targets.length);
  }),
  check('refuses a target that does not exist', ['missingTarget'], async ({ driver, ctx, world }) => {
    const error = await expectRefusal(
      driver.targets.resolve(world.missingTarget ?? {}, { networkId: world.networkId }, ctx),
      'NOT_FOUND',
    );
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  }),
  check('refuses a target in another network', ['elsewhere'], async ({ driver, ctx, world }) => {
    const error = await expectRefusal(
      driver.targets.resolve(world.elsewhere?.target ?? {}, { networkId: world.networkId }, ctx),
      'WRONG_NETWORK',
    );
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  }),
  check(
    'finds a target through a link, and nothing for one that does not exist',
    [...resources, 'missingTarget'],
    async (trial) => {
      const { driver, ctx, world } = trial;
      const link = await trial.link();
      const target = await trial.target(link);
      expect(await abilityOf(driver, 'targetResources').find(link, world.targets[0], ctx)).toMatchObject({
        id: target.id,
      });
      expect(await abilityOf(driver, 'targetResources').find(link, world.missingTarget ?? {}, ctx)).toBeUndefined();
    },
  ),
  check('creates, updates and deletes a target that is a resource, marked with its owner', resources, async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const owner = trial.owner('orders', { name: 'orders' });
    const target = await abilityOf(driver, 'targetResources').create(link, world.targets[0], owner, ctx);
    expect(target.owner).toMatchObject(owner);
    const moved = await abilityOf(driver, 'targetResources').update(link, target.id, world.targets[1], ctx);
    expect(await abilityOf(driver, 'targetResources').find(link, world.targets[1], ctx)).toMatchObject({
      id: moved.id,
    });
    await abilityOf(driver, 'targetResources').delete(link, moved.id, ctx);
    await abilityOf(driver, 'targetResources').delete(link, moved.id, ctx);
    expect(await abilityOf(driver, 'targetResources').find(link, world.targets[1], ctx)).toBeUndefined();
  }),
];

/** Real milliseconds: how slow a slow answer is, and how soon an abort must be heard. */
const SLOW_MS = 20_000;
const SOON_MS = 5_000;
/** The time after which a call of a warm client has been sent, on a busy machine, too. */
const SENT_MS = 300;

/** Abort: at once, with a correct report of the calls in progress. */
const abortChecks: readonly Check[] = [
  check('calls nothing when it was aborted before', [], async (trial) => {
    const ctx = trial.context({ signal: AbortSignal.abort() });
    const before = trial.setup.calls?.() ?? 0;
    await expectRefusal(trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], ctx), 'ABORTED');
    await expectRefusal(
      trial.driver.routes.find(trial.gatewayRef(trial.world.gateway.id), trial.key(0), ctx),
      'ABORTED',
    );
    await expectRefusal(trial.driver.observe({ all: true }, ctx), 'ABORTED');
    if (trial.setup.calls) expect(trial.setup.calls()).toBe(before);
  }),
  check('is heard in the middle of a slow read', ['faults'], async (trial) => {
    trial.faults.add('list links', { kind: 'slow', ms: SLOW_MS });
    const controller = new AbortController();
    const reading = trial.driver.links.statuses(
      [trial.linkRef(trial.world.missing.linkId)],
      trial.context({ signal: controller.signal }),
    );
    const began = performance.now();
    setTimeout(() => controller.abort(), 50);
    const error = await expectRefusal(reading, 'ABORTED');
    expect(performance.now() - began).toBeLessThan(SOON_MS);
    expect(error.outcomeUnknown ?? false).toBe(false);
  }),
  check('says that a creation under way may have happened', ['faults'], async (trial) => {
    // Clients load what they need with their first call.
    await trial.driver.links.statuses([trial.linkRef(trial.world.missing.linkId)], trial.ctx);
    trial.faults.add('create link', { kind: 'slow', ms: SLOW_MS });
    const controller = new AbortController();
    const creating = trial.driver.links.create(
      trial.linkKind,
      trial.linkRequest(),
      trial.context({ signal: controller.signal }),
    );
    setTimeout(() => controller.abort(), SENT_MS);
    const error = await expectRefusal(creating, 'ABORTED');
    expect(error.outcomeUnknown).toBe(true);
  }),
];

/** Every check, by family. */
export const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  observe: observeChecks,
  links: linkChecks,
  targets: targetChecks,
  routes: routeChecks,
  egress: egressChecks,
  allowlist: allowlistChecks,
  errors: errorChecks,
  once: onceChecks,
  abort: abortChecks,
  apply: [...lifecycleChecks, ...twoSpecChecks, ...adoptedLinkChecks, ...forgetChecks, ...movedChecks],
};

/**
 * Runs one check and closes the setup.
 * @returns why it was skipped, or undefined
 * @throws what the check found wrong
 */
export async function runCheck(check: Check, setup: ConformanceSetup): Promise<string | undefined> {
  try {
    const trial = new Trial(setup);
    const reason = reasonToSkip(check, trial);
    if (reason === undefined) await check.run(trial);
    return reason;
  } finally {
    await setup.close?.();
  }
}

/**
 * Runs the check of this name, such as `finds a link by its mark`: for a driver under construction, or to
 * prove that the suite detects a mistake.
 * @throws what the check found wrong; {RangeError} when the check does not exist
 */
export async function runConformanceCheck(name: string, setup: ConformanceSetup): Promise<void> {
  const check = Object.values(CHECKS)
    .flat()
    .find((one) => one.name === name);
  if (!check) throw new RangeError(`There is no check "${name}".`);

  await runCheck(check, setup);
}
