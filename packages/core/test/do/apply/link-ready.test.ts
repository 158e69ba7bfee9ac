import { expect, it } from 'vitest';
import { CloudError } from '../../../src/ground/errors.js';
import { describeOnEachEngine } from '../../engines.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { doneOf, runSpec, smallSpec } from '../../fake-run.js';

describeOnEachEngine('waiting for a link', () => {
  it.each([1, 6, 11, 16, 21])('D16a: a link that is ready in one read only gets no routes (%i s)', async (second) => {
    const cloud = smallCloud();
    const waitedMs: number[] = [];
    let isWatched = false;
    cloud.onChange = () => {
      const [row] = cloud.links.values();
      if (row === undefined) return;
      if (cloud.gateways.get('api-1')!.routes.size > 0) waitedMs.push(cloud.clock.now() - row.createdMs);
      if (isWatched) return;
      isWatched = true;
      const from = row.createdMs + second * 1_000;
      const flaps = (): boolean => cloud.clock.now() >= from && cloud.clock.now() < from + 5_000;
      Object.defineProperty(row, 'state', { get: () => (flaps() ? 'ready' : undefined) });
    };
    expect(doneOf(await runSpec(cloud, smallSpec()))).toMatchObject({ failed: 0, skipped: 0 });
    expect(waitedMs).toHaveLength(1);
    expect(waitedMs[0]).toBeGreaterThanOrEqual(120_000);
  });
});

describeOnEachEngine('an endpoint that cannot be reached in the middle of a wait', () => {
  const refused = (): CloudError =>
    new CloudError('ENDPOINT_UNREACHABLE', 'the endpoint refused the connection (ECONNREFUSED)', {
      operation: 'GetVpcLinks',
    });

  /** A run whose polls are refused from `fromMs` for `forMs`, counted from the creation of the link. */
  async function during(fromMs: number, forMs: number) {
    const cloud = smallCloud();
    const driver = cloud.driver;
    cloud.driver = function (this: FakeCloud) {
      const made = driver.call(this);
      const statuses: typeof made.links.statuses = async (ids, ctx) => {
        const [row] = cloud.links.values();
        const ageMs = cloud.clock.now() - (row?.createdMs ?? cloud.clock.now());
        if (ageMs >= fromMs && ageMs < fromMs + forMs) throw refused();
        return made.links.statuses(ids, ctx);
      };
      return { ...made, links: { ...made.links, statuses } };
    };
    return runSpec(cloud, smallSpec());
  }

  it.each([300, 60_000, 170_000])('D16c: is tolerated for %i ms', async (forMs) => {
    expect(doneOf(await during(20_000, forMs))).toMatchObject({ failed: 0, skipped: 0 });
  });

  it('ends the wait after three minutes', async () => {
    const events = await during(20_000, 900_000);
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      error: { code: 'ENDPOINT_UNREACHABLE' },
    });
  });
});
