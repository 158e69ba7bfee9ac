import { expect } from 'vitest';
import type { Check } from './check.js';
import { expectRefusal } from './refusal.js';

const resources = ['targetsAreResources'] as const;

/** Targets: what a reference means, and what it cannot mean. */
export const targetChecks: readonly Check[] = [
  {
    name: 'resolves every target of the network, the same way each time',
    run: async ({ driver, ctx, world }) => {
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
    },
  },
  {
    name: 'refuses a target that does not exist',
    run: async ({ driver, ctx, world }) => {
      const error = await expectRefusal(
        driver.targets.resolve(world.missingTarget, { networkId: world.networkId }, ctx),
        'NOT_FOUND',
      );
      expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    },
  },
  {
    name: 'refuses a target in another network',
    run: async ({ driver, ctx, world }) => {
      const error = await expectRefusal(
        driver.targets.resolve(world.elsewhere.target, { networkId: world.networkId }, ctx),
        'WRONG_NETWORK',
      );
      expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
    },
  },
  {
    name: 'finds a target through a link, and nothing for one that does not exist',
    run: async (trial) => {
      const { driver, ctx, world } = trial;
      const link = await trial.link();
      const target = await trial.target(link);
      expect(await driver.targets.find(link, world.targets[0], ctx)).toMatchObject({ id: target.id });
      expect(await driver.targets.find(link, world.missingTarget, ctx)).toBeUndefined();
    },
  },
  {
    name: 'creates, updates and deletes a target that is a resource, marked with its owner',
    needs: resources,
    run: async (trial) => {
      const { driver, ctx, world } = trial;
      const link = await trial.link();
      const owner = trial.owner('orders', { name: 'orders' });
      const target = await driver.targets.create(link, world.targets[0], owner, ctx);
      expect(target.owner).toMatchObject(owner);
      const moved = await driver.targets.update(link, target.id, world.targets[1], ctx);
      expect(await driver.targets.find(link, world.targets[1], ctx)).toMatchObject({ id: moved.id });
      await driver.targets.delete(link, moved.id, ctx);
      await driver.targets.delete(link, moved.id, ctx);
      expect(await driver.targets.find(link, world.targets[1], ctx)).toBeUndefined();
    },
  },
];
