import { CLOUDS } from '../../../core/test/clouds.js';
import { validateMigration } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from './catalogue/refusals.js';
import { damageOf } from './damage.js';
import { open } from './stages.js';

describe('targets that a group cannot move to', () => {
  it.each(REFUSALS.map((one) => [one.id, one] as const))(
    '%s: the validation refuses to judge it, and ignored it causes the damage',
    async (_, { source, target, code, words, damage }) => {
      const stage = await open(source);
      const to = await target(stage);
      const validation = stage.validate({ migration: { to } });
      await expect(validation).rejects.toMatchObject({ code, message: expect.stringMatching(words) as string });
      await damageOf(stage, { damage, source }, stage.parts.old, to);
    },
  );

  it.each(REFUSALS.map((one) => [one.id, one] as const))(
    '%s: a validation that accepts any target would pass it',
    async (_, { source, target }) => {
      const stage = await open(source);
      const to = await target(stage);
      const { apiGroup: group, next } = stage.parts;
      const region = await stage.observe();
      const alike = region.links.flatMap((one) => (one.id === next ? [{ ...one, id: to }] : []));
      const takenAt = new Date(stage.simulation.clock.now()).toISOString();
      const mistaken = { version: 1, takenAt, regions: [{ ...region, links: [...region.links, ...alike] }] } as const;
      expect(() => validateMigration(mistaken, { provider: 'alibaba', group, to }, { clouds: CLOUDS })).not.toThrow();
    },
  );
});
