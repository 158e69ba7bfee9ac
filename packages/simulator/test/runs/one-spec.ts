import { parseSpec } from '../../../core/test/clouds.js';
import {
  isPosternError,
  PrivateIntegrations,
  type Driver,
  type Journal,
  type Spec,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apigAccount, REGION } from '../../../alibaba/test/cloud-native/apig-account.js';
import { seeded } from '../../../core/test/drive.js';
import { alibaba } from '@postern/alibaba';
import type { Simulation } from '../../src/index.js';
import { machine, type Machine } from './machine.js';
import { alibabaScene, awsScene, contextOf, type Scene } from './scene.js';

/** A cloud, and a spec with several routes of one target, on port 80 or on another one. */
export interface World {
  readonly simulation: Simulation;
  readonly spec: (other?: boolean) => Spec;
  /** What exists of the project, without IDs. */
  readonly shape: () => readonly string[] | Promise<readonly string[]>;
  readonly driver: (by: Machine) => Driver;
}

const KEYS = ['ANY /orders', 'GET /a', 'GET /b', 'GET /c'];

const widened =
  (sceneOf: (seed: number, options: { readonly throttle: boolean }) => Promise<Scene>, otherPort: number) =>
  async (seed: number): Promise<World> => {
    const { spec, ...scene } = await sceneOf(seed, { throttle: false });
    const specOf = (other = false): Spec => {
      const port = other ? otherPort : 80;
      const copy = JSON.parse(JSON.stringify(spec).replaceAll('"port":80', `"port":${port}`)) as Spec;
      const { orders } = copy.integrations;
      const [route] = Object.values(orders?.routes ?? {});
      const routes = Object.fromEntries(KEYS.map((key) => [key, route]));
      return { ...copy, spec: 'shop-1', integrations: { orders: { ...orders, routes } } } as Spec;
    };
    // Names of authorizations end in a hash of IDs, which differ.
    const shape = () => scene.shape().map((line) => line.replace(/^(authorization .*-)[0-9a-f]{8}$/, '$1'));
    return { ...scene, shape, spec: specOf };
  };

/** A gateway of Cloud-native API Gateway that exists, with services for its targets. */
async function cloudNativeWorld(seed: number): Promise<World> {
  const { simulation, roa, subnets, apiId, machine: backend } = await apigAccount({ seed });
  const { id } = await backend();
  const items = async (path: string) => ((await roa('GET', path))['data'].items ?? []) as Record<string, any>[];
  return {
    simulation,
    spec: (other = false) =>
      parseSpec(`version: 1
project: shop
spec: shop-1
links:
  main: { provider: alibaba, region: ${REGION}, kind: apig-gateway, subnets: [${subnets.join()}] }
integrations:
  orders:
    link: main
    gateway: { apigHttpApi: ${apiId} }
    targets: { orders: { instance: ${id}, port: ${other ? 8080 : 80} } }
    routes: { ${KEYS.map((key) => `'${key}': orders`).join(', ')} }
`),
    shape: async () => {
      const gateways = (await items('/v1/gateways')).filter(({ status }) => !/delet/i.test(status));
      const services = (
        await Promise.all(gateways.map((one) => items(`/v1/services?gatewayId=${one['gatewayId']}`)))
      ).flat();
      const routes = await items(`/v1/http-apis/${apiId}/routes`);
      return [
        `${gateways.length} gateways`,
        // The name ends in a hash of addresses, which differ.
        ...services.map(({ name }) => `service ${name.replace(/[0-9a-f]{8}$/, '')}`),
        ...routes.map(({ match, methods, deployStatus }) => JSON.stringify([match, methods, deployStatus])),
      ].toSorted();
    },
    driver: (by) => alibaba({ region: REGION, api: by.alibaba(REGION) }),
  };
}

export const WORLDS: readonly [string, (seed: number) => Promise<World>][] = [
  ['HTTP APIs', widened(awsScene, 8080)],
  ['API Gateway of Alibaba Cloud', widened(alibabaScene, 443)],
  ['Cloud-native API Gateway', cloudNativeWorld],
];

/** Reads are up to this old, in three of five seeds. */
const LAG_MS = 29_000;

/** Processes that begin within a minute, each on a machine of its own, with journals of their own or one journal. Rejects with nothing but faults of a test. */
export async function atOnce<T>(
  { simulation }: World,
  seed: number,
  count: number,
  work: (by: Machine, at: number, random: () => number) => Promise<T>,
  journal?: Journal,
): Promise<readonly T[]> {
  const random = seeded(seed * 7919 + 3);
  const lagMs = random() < 0.6 ? Math.floor(random() * LAG_MS) : 0;
  if (lagMs > 0) simulation.faults.add({ kind: 'stale', ms: lagMs, leastMs: 0 });
  const apartMs = random() < 0.5 ? 0 : random() * 60_000;
  const ended = await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const own = seeded(seed * 31 + at);
      await simulation.clock.sleep(Math.floor(apartMs * own()));
      const around = async (_call: unknown, send: () => Promise<unknown>): Promise<unknown> => {
        if (own() < 0.1) await simulation.clock.sleep(Math.floor(own() * 4_000));
        return send();
      };
      return work(machine(simulation, { random: own, journal, around }), at, own);
    }),
  );
  simulation.faults.clear();
  await simulation.advance(120_000);
  return ended;
}

/** A program with the identity of the spec. */
export function programOf({ driver }: World, by: Machine): PrivateIntegrations {
  return new PrivateIntegrations(driver(by), {
    ...contextOf(by),
    project: 'shop',
    spec: 'shop-1',
    journal: by.journal,
    judge,
  });
}

/** The code that a call ended with; undefined: success. */
export async function codeFrom(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return error.code;
  }
}
