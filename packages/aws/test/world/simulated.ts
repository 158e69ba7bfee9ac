import { createContext, type CallContext, type Driver, type Owner, type Spec } from '@postern/core/internal/library';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { parseSpec } from '../../../core/test/clouds.js';
import { aws, type AwsOptions } from '../../src/index.js';
import { buildWorld } from './conformance-world.js';

export { refusalOf } from '../../../testing/test/adapters/refusal.js';

export const REGION = 'eu-west-1';
export const OWNER: Owner = { project: 'shop', spec: 'shop', integration: 'orders' };

type Input = Readonly<Record<string, unknown>>;
export type ServiceName = Parameters<Simulation['call']>[0]['service'];

/** A simulated region without network in between: one VPC with load balancers, another one, an HTTP API. */
export async function simulated(options: SimulateOptions = {}, driverOptions: AwsOptions = {}, region = REGION) {
  const simulation = simulate({ seed: 7, clock: 'auto', ...options });
  const world = await buildWorld(simulation, region);
  const driver = aws({ region, clients: simulation.clients(region), ...driverOptions });
  const ctx: CallContext = createContext({ clock: simulation.clock, random: () => 0.5 });
  return {
    simulation,
    world,
    driver,
    ctx,
    /** Calls the cloud as another user does: at once, unthrottled, not in the journal. */
    call: (service: ServiceName, operation: string, input: Input): any =>
      simulation.call({ service, operation, region }, input),
    /** What was called since `from` journal entries. */
    calledSince: (from: number) =>
      simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation),
    link: (more: Partial<Parameters<Driver['links']['create']>[1]> = {}) =>
      driver.links.create(
        'vpc-link-v2',
        {
          name: 'orders',
          owner: OWNER,
          subnetIds: world.subnetIds.slice(0, 2),
          securityGroupIds: world.securityGroupIds,
          tags: {},
          ...more,
        },
        ctx,
      ),
    /** Until nothing is pending. */
    settle: () => simulation.advance(900_000),
  };
}

/** A saved world with some text in it replaced, as a JSON editor would. */
export function edit(simulation: Simulation, replace: (json: string) => string): void {
  simulation.load(JSON.parse(replace(JSON.stringify(simulation.world()))));
}

type World = Awaited<ReturnType<typeof buildWorld>>;

/** What differs of a spec from the usual one, as YAML. */
interface Parts {
  readonly id?: string | undefined;
  readonly more?: string;
  readonly link?: string;
  readonly subnets?: readonly string[];
  /** Instead of the security groups of the world. */
  readonly access?: string;
  /** How the link is declared, instead of in subnets. */
  readonly declared?: string | undefined;
  readonly name?: string;
  readonly gateway?: string;
  readonly listener?: string;
}

/** A spec with one link, and one integration over it: routes of the API of a world to a target `t`, a listener. */
export function specOver(
  { world }: { readonly world: Pick<World, 'subnetIds' | 'securityGroupIds' | 'gateway'> },
  routes: string | object,
  parts: Parts = {},
): Spec {
  const { subnets = world.subnetIds.slice(0, 2), access = `securityGroups: [${world.securityGroupIds.join(', ')}]` } =
    parts;
  const { link = 'eu', declared = `subnets: [${subnets.join(', ')}], ${access}`, name = 'orders' } = parts;
  return parseSpec(`version: 1
project: shop
${parts.id === undefined ? '' : `spec: ${parts.id}`}
${parts.more ?? ''}
defaults: { region: eu-west-1 }
links:
  ${link}: { provider: aws, ${declared} }
integrations:
  ${name}:
    link: ${link}
    gateway: { ${parts.gateway ?? `httpApi: ${world.gateway.id}`} }
    targets: { t: { listener: ${parts.listener ?? '{ loadBalancer: orders-alb, port: 80 }'} } }
    routes: ${typeof routes === 'string' ? `{ ${routes} }` : JSON.stringify(routes)}
`);
}
