import { describe, expect, it } from 'vitest';
import { smallCloud } from '../../fake-cloud.js';
import { doneOf, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';

describe('a link that is INACTIVE', () => {
  it('is used, because only calls over a route reactivate it, and every plan has a note with the first step', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, smallSpec());
    const [row] = cloud.links.values();
    row!.state = 'inactive';
    const base = smallSpec().integrations['orders']!;
    const more = smallSpec({
      integrations: { orders: { ...base, routes: { ...base.routes, 'GET /new': 'orders' } } },
    });
    const plan = await planOf(cloud, more);
    expect(stepIds(plan)).toEqual(['create route GET /new on api-1']);
    expect(plan.notes).toContainEqual(
      expect.stringMatching(
        new RegExp(`${row!.id}.* is inactive: .*call it through a test route before live routes use`),
      ),
    );
    expect(doneOf(await runSpec(cloud, more))).toMatchObject({ failed: 0, skipped: 0 });
  });
});
