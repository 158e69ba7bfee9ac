import { describe, expect, it } from 'vitest';
import { createContext, driversOf } from '../../../src/do/context.js';
import type { Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { drive, seeded } from '../../drive.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { linkSpec, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

const withAllowlist = (...allowlist: string[]): Spec =>
  smallSpec({ spec: 'shop-a', links: { eu: linkSpec({ allowlist }) } });

/** The plan of an allowlist, where the load balancer of the target has `addresses`. */
async function planned(cloud: FakeCloud, spec: Spec, addresses: readonly string[]) {
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const seen = await drive(cloud.clock, observeSpec(spec, driversOf(cloud.driver()), context, { all: true }));
  const balancer = {
    id: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders/1',
    name: 'orders',
    type: 'application',
    scheme: 'internal',
    raw: null,
  } as const;
  const regions = seen.regions.map((region) => ({
    ...region,
    loadBalancers: [{ ...balancer, addresses, subnetIds: [], securityGroupIds: [], networkId: 'vpc-1' }],
  }));
  return diff({ ...seen, regions } as unknown as typeof seen, spec, { clouds: CLOUDS });
}

async function applied(): Promise<FakeCloud> {
  const cloud = smallCloud();
  await runSpec(cloud, withAllowlist('10.0.0.0/16'));
  return cloud;
}

describe('an allowlist that is declared narrower', () => {
  it('is refused where a declared target needs the entry to revoke, with the place of the allowlist', async () => {
    const cloud = await applied();
    await expect(planned(cloud, withAllowlist('10.9.0.0/16'), ['10.0.1.5'])).rejects.toMatchObject({
      code: 'STILL_REFERENCED',
      message: '10.0.0.0/16 is still needed by target orders of orders (10.0.1.5:443)',
      place: { path: 'links.eu.allowlist' },
      remedy: 'Add a block with 10.0.1.5 to the allowlist, or remove the target.',
    });
  });

  it('is applied where the target is still reachable, or where its addresses are unknown', async () => {
    const cloud = await applied();
    for (const [allowlist, addresses] of [
      [['10.9.0.0/16', '10.0.1.0/24'], ['10.0.1.5']],
      [['10.9.0.0/16'], []],
      [['10.9.0.0/16'], ['10.7.0.1']],
    ] as const) {
      expect(stepIds(await planned(cloud, withAllowlist(...allowlist), addresses))).toEqual(['allow eu', 'revoke eu']);
    }
  });
});
