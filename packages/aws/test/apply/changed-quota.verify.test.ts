import { expect, it } from 'vitest';
import { describeChangedQuotas, quotaScene } from '../../../testing/test/adapters/changed-quotas.js';
import { aws } from '../../src/index.js';
import { setUp, setUpRestApi } from '../world/conformance-setup.js';
import { REGION } from '../world/simulated.js';

const http = () => setUp('apply', { throttle: false });
const rest = () => setUpRestApi('apply', { throttle: false });
const AWS: Pick<Parameters<typeof describeChangedQuotas>[1], 'driverOf'> = {
  driverOf: (simulation, onCall) => aws({ region: REGION, clients: simulation.clients(REGION, { onCall }) }),
};

describeChangedQuotas('AWS', {
  ...AWS,
  rows: [
    { quota: 'routes-per-api', setUp: http },
    { quota: 'resources-per-rest-api', setUp: rest },
    // Right after the plan, the run is refused as a whole.
    { quota: 'vpc-links', setUp: http, from: 1 },
    { quota: 'integrations-per-api', setUp: http },
    { quota: 'stages-per-api', setUp: rest },
  ],
  refused: 0,
  remedy: /L-\w{8}|cannot be raised/,
});

it('the quota of links that is lowered between plan and apply: refused before any write', async () => {
  const { run, left, setQuota } = await quotaScene(AWS, http);
  const before = await left();
  const lowered = run((count) => {
    if (count === 0) setQuota('vpc-links', 0);
  });
  await expect(lowered).rejects.toMatchObject({ code: 'WORLD_MOVED', cause: { code: 'QUOTA_EXCEEDED' } });
  expect(await left()).toEqual(before);
  setQuota('vpc-links', 2);
  expect((await run()).done).toMatchObject({ type: 'run.done', failed: 0 });
});
