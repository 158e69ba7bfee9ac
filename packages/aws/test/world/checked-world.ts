import { createContext, type Finding, type Snapshot, type Spec } from '@postern/core/internal/library';
import { observeSpec } from '@postern/core/internal/plan';
import { simulate } from '@postern/simulator';
import { linkHash } from '../../../core/src/do/world/resolve/link-identity.js';
import { aws } from '../../src/index.js';
import { buildChecksWorld, type ChecksWorld } from './checks-world.js';
import { OWNER, REGION } from './simulated.js';
import { CLOUDS } from '../../../core/test/clouds.js';

/**
 * A link to everything that the world has: listeners that end TLS, redirect, forward to another load balancer or to targets behind
 * a VPN and a Direct Connect line, and a service; and a link that does not exist.
 */
const specOf = (world: ChecksWorld): Spec => ({
  version: 1,
  project: OWNER.project,
  spec: 'shop',
  links: {
    eu: {
      provider: 'aws',
      region: REGION,
      subnets: world.subnetIds,
      securityGroups: [world.linkGroup],
      tags: {},
    },
    more: {
      provider: 'aws',
      region: REGION,
      subnets: world.subnetIds,
      securityGroups: [world.linkGroup],
      tags: {},
    },
  },
  assume: { returnPaths: ['192.168.0.0/16', '10.200.0.0/16'] },
  integrations: {
    orders: {
      link: 'eu',
      gateway: { httpApi: world.apiId },
      targets: {
        secure: { ref: { listener: world.httpsListener }, tls: { serverName: 'shop.internal.example.com' } },
        plain: { ref: { listener: world.redirectListener } },
        raw: { ref: { listener: world.tcpListener } },
        hidden: { ref: { listener: world.albListener }, tls: { serverName: 'shop.internal.example.com' } },
        service: { ref: { service: world.serviceArn } },
      },
      routes: {
        'GET /secure': 'secure',
        'GET /plain': 'plain',
        'GET /raw': 'raw',
        'GET /hidden': 'hidden',
        'GET /service': 'service',
      },
    },
  },
});

/** What a finding is about. */
export const keyOf = ({ check: id, integration, subject }: Finding): string => [id, integration, subject].join(' | ');

/** A cloud with everything in it, the spec of that, and a function that reads what checks need. */
export async function checkedWorld() {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const world = await buildChecksWorld(simulation, REGION);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  // Marked as `postern apply` marks it: without the hash it would be unmanaged, and checks would evaluate a missing one.
  const mark = { ...OWNER, integration: 'eu' };
  const shape = { subnetIds: world.subnetIds, securityGroupIds: [world.linkGroup] };
  const owner = { ...mark, specHash: linkHash(mark, shape) };
  const { id: linkId } = await driver.links.create('vpc-link-v2', { name: 'eu', owner, ...shape, tags: {} }, ctx);
  await simulation.advance(900_000);
  const spec = specOf(world);
  const read = (): Promise<Snapshot> =>
    observeSpec(spec, () => Promise.resolve(driver), ctx, { clouds: CLOUDS, checks: true });
  /** A world with many APIs, read whole. */
  const many = async () => {
    const { apiGatewayV2 } = simulation.clients(REGION);
    for (let index = 0; index < 30; index += 1) {
      await apiGatewayV2.createApi({ Name: `api-${index}`, ProtocolType: 'HTTP' });
    }
    const { Items = [] } = await apiGatewayV2.getApis({ MaxResults: '100' });
    return Items.map(({ ApiId = '' }) => ApiId);
  };
  return { simulation, spec, read, linkId, many, readAll: () => driver.observe({ all: true, checks: true }, ctx) };
}
