import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext, driversOf, PrivateIntegrations } from '@postern/core/internal/library';
import { diff, observeSpec, planDestroy, planText } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import { AB, AC, integration, link, ORDERS, spec } from '../../../testing/test/harness/scenarios/alibaba/lines.js';
import { alibabaShop, REGION } from '../../../testing/test/harness/scenarios/alibaba/shop.js';

const DAY = 86_400_000;

/** A shop with an instance, a day after the end of sale. */
async function afterSale() {
  const simulation = simulate({ seed: 7, throttle: false, clock: 'auto', startAt: '2026-08-20T00:00:00Z' });
  const shop = await alibabaShop(simulation);
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION) });
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'shop-7f3k2q', clock: simulation.clock });
  const request = (name: string, second: 1 | 2) => ({
    name,
    subnets: [shop.subnets[0] ?? '', shop.subnets[second] ?? ''],
    securityGroups: [shop.securityGroup],
    native: { spec: 'api.s1.small' },
  });
  const { id } = await gate.ensureLink(request('cn', 1), { allowPurchase: true });
  await simulation.advance(4 * DAY);
  const drivers = driversOf(driver);
  const read = (wanted: ReturnType<typeof parseSpec>) =>
    observeSpec(wanted, drivers, context, { all: true, plan: { deleteInstances: true } });
  const specOf = (subnets: typeof AB) =>
    parseSpec(spec([link('cn', subnets)], [integration('orders', 'cn', ORDERS)])(shop));
  return { gate, request, id, read, specOf };
}
const ENDED = 'new instances are no longer sold as of 2026-08-23';

describe('after the end of sale', () => {
  it('no price is quoted for what cannot be bought', async () => {
    const { gate, request, read, specOf } = await afterSale();
    const error: unknown = await gate.ensureLink(request('other', 2)).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'CREATION_CLOSED', message: expect.stringContaining(ENDED) as string });
    expect(String((error as Error).message)).not.toMatch(/USD|--allow-purchase/);
    const text = planText(diff(await read(specOf(AC)), specOf(AC), { clouds: CLOUDS, deleteInstances: true }));
    expect(text).toContain(`warning: ${ENDED}`);
    expect(text).not.toMatch(/USD|terms:|buys:/);
  });

  it('an instance is deleted by its ID only, and the plan says that it is final', async () => {
    const { id, read, specOf } = await afterSale();
    const snapshot = await read(specOf(AB));
    for (const deleteInstances of [undefined, true, ['apigateway-hz-other']]) {
      const kept = planDestroy(snapshot, specOf(AB), { clouds: CLOUDS, deleteInstances });
      expect(kept.notes).toContain(
        `link ${id} (cn) is kept: it can never be bought again: ${ENDED}; --delete-instances ${id} also deletes it`,
      );
      expect(kept.units.flatMap(({ steps }) => steps).filter(({ kind }) => kind === 'delete')).toEqual([]);
    }
    const plan = planDestroy(snapshot, specOf(AB), { clouds: CLOUDS, deleteInstances: [id] });
    expect(planText(plan)).toContain(`warning: it can never be bought again: ${ENDED}`);
    expect(plan.options).toMatchObject({ deleteInstances: [id] });
  });
});
