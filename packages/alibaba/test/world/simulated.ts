import { createContext, type CallContext, type Owner, type LinkRequest } from '@postern/core/internal/library';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { alibaba, type AlibabaOptions } from '../../src/index.js';
import { buildWorld, caller } from './conformance-world.js';
import { REGION } from './conformance-setup.js';
import { ready } from './exercise.js';

export { refusalOf } from '../../../testing/test/adapters/refusal.js';
export { REGION } from './conformance-setup.js';
export const OWNER: Owner = { project: 'shop', spec: 'shop', integration: 'orders' };

/** A simulated region without network in between: two VPCs with backends, an API group. */
export async function simulated(options: SimulateOptions = {}, driverOptions: AlibabaOptions = {}) {
  const simulation = simulate({ seed: 7, clock: 'auto', ...options });
  const world = await buildWorld(simulation, REGION);
  const driver = alibaba({ region: REGION, api: simulation.alibaba(REGION), ...driverOptions });
  const ctx: CallContext = createContext({ clock: simulation.clock, random: () => 0.5 });
  const request = (more: Partial<LinkRequest> = {}): LinkRequest => ({
    name: 'orders',
    owner: OWNER,
    subnetIds: world.subnetIds,
    securityGroupIds: world.securityGroupIds,
    tags: {},
    native: world.native,
    ...more,
  });
  return {
    simulation,
    world,
    driver,
    ctx,
    call: caller(simulation, REGION),
    request,
    /** An instance that is RUNNING. */
    link: async (more: Partial<LinkRequest> = {}) => {
      const { id } = await driver.links.create('integration-instance', request(more), ctx);
      await ready(driver, id, ctx);
      return id;
    },
    /** What was called since `from` journal entries. */
    calledSince: (from: number) =>
      simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation),
  };
}

/** A saved world with some text in it replaced, as a JSON editor would; fails where it is missing. */
export function edit(simulation: Simulation, text: string, by: string): void {
  const json = JSON.stringify(simulation.world());
  if (!json.includes(text)) throw new Error(`The world has no ${text}.`);
  simulation.load(JSON.parse(json.replaceAll(text, by)));
}
