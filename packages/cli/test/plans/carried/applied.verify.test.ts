import { plans } from '@postern/aws/plans';
import { askTerraform } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { WITHOUT_ROLES } from '../told/modules.js';
import { appliedPlans } from './applied.js';

describe('a plan that was applied', () => {
  const twin = planTwins();

  it.each(appliedPlans().map((one) => [one.name, one] as const))(
    '%s',
    async (name, { document, base, outcome, route }) => {
      const ask = await askTerraform(await document(), base, { plans: [plans], twin, region: 'eu-west-1' });
      const isRefused = outcome.includes('refused');
      const refused = ask.refused.map(({ address, message }) => `${address}: ${message}`);
      if (WITHOUT_ROLES.includes(name.replace('module ', ''))) expect(refused.join()).toContain('execution role');
      else if (!isRefused) expect(refused).toEqual([]);
      const called = ask.called.filter(({ key, isCertain }) => isCertain && (route === undefined || key === route));
      // Of several regions only one was called.
      if (!isRefused && called.length === 1 && /^\d+ \S/.test(outcome) && !outcome.startsWith('not simulated'))
        expect(called.some(({ isDelivered }) => isDelivered)).toBe(/^\d+ delivered/.test(outcome));
    },
  );
});
