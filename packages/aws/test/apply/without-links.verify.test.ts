import { PrivateIntegrations, type RunEvent, type Spec } from '@postern/core/internal/library';
import { expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

/** What a program passes that kept no list of what it made. */
const NOTHING: Spec = { version: 1, project: 'shop', spec: 'life', links: {}, integrations: {} };

async function last(events: AsyncIterable<RunEvent>): Promise<RunEvent | undefined> {
  let event: RunEvent | undefined;
  for await (event of events);
  return event;
}

it.each(['destroy', 'forgetSpec'] as const)(
  '%s of a spec without links takes what carries its identity in the region of the driver',
  async (call) => {
    const { driver, world, simulation } = await simulated();
    const gate = new PrivateIntegrations(driver, { project: 'shop', spec: 'life', clock: simulation.clock });
    for (const name of ['orders', 'bills']) {
      const link = await gate.ensureLink({ name, subnets: world.subnetIds.slice(0, 2) });
      const target = await gate.ensureTarget(link, { name, loadBalancer: 'orders-alb', port: 80 });
      await gate.ensureRoute(world.gateway.id, `GET /${name}`, target);
    }
    const before = await gate.observe();
    expect(await last(gate[call](NOTHING))).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
    const [region] = (await gate.observe()).regions;
    const routes = region?.gateways.flatMap((gateway) => gateway.routes) ?? [];
    expect([...routes, ...(region?.links ?? [])].map(({ owner }) => owner)).toEqual(
      call === 'destroy' ? [] : [undefined, undefined, undefined, undefined],
    );
    expect(before.regions[0]?.links).toHaveLength(2);
  },
);
