import { plans } from '@postern/aws/plans';
import { askTerraform } from '@postern/core/internal/overlay';
import { planTwins } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { WITHOUT_ROLES } from '../told/modules.js';
import { appliedPlans } from './applied.js';

/** What names others as `vpc`, `launch_template.id` and `autoscaling_group_name` do, and what joins a cluster by its script. */
const WHOLE = ['form group-attached', 'form http-map', 'form ecs-machines', 'form ecs-provider'];

/** Whether tasks get their image is not judged: the report says it. */
const WITHOUT_IMAGE = 'form ecs-endpoints-lacks';

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
      if (WHOLE.includes(name)) expect(ask.omitted).toEqual([]);
      const called = ask.called.filter(({ key, isCertain }) => isCertain && (route === undefined || key === route));
      // Of several regions only one was called.
      if (
        name !== WITHOUT_IMAGE &&
        !isRefused &&
        called.length === 1 &&
        /^\d+ \S/.test(outcome) &&
        !outcome.startsWith('not simulated')
      )
        expect(called.some(({ isDelivered }) => isDelivered)).toBe(/^\d+ delivered/.test(outcome));
    },
  );
});
