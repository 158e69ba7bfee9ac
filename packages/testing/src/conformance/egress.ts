import { abilityOf } from '@postern/core/internal/driver';
import { contains, parseAddress, parsePrefix } from '@postern/core/internal/cidr';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

/** Egress: the source addresses of a link's calls. */
export const egressChecks: readonly Check[] = [
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
