import type { ConformanceSetup } from '@postern/testing/conformance';
import { webSocketWorld } from '../http-apis/web-socket-world.js';

/** More than the largest page, so that all routes are read only on several pages. */
const MANY = 501;

/** The driver in front of a simulated AWS with a WebSocket API and a link to its load balancer. */
export async function setUpWebSocket(): Promise<ConformanceSetup> {
  const { driver, world, gateway, v1, api, simulation } = await webSocketWorld({
    quotas: { 'routes-per-api': MANY + 10 },
  });
  const target = (port: number) => ({ listener: { loadBalancer: 'orders-nlb', port } });
  return {
    driver,
    kinds: { link: v1.kind, gateway: gateway.kind },
    clock: simulation.clock,
    world: {
      ...world,
      linkId: v1.id,
      targets: [target(80), target(8080), target(443)],
      missingTarget: target(81),
      gateway: { id: gateway.id, ref: { webSocketApi: gateway.id } },
      routeKeys: ['$connect', 'send', '$default', 'join'],
      path: 'overwrite',
      fillRoutes: () => {
        for (let index = 0; index < MANY; index += 1) api('CreateRoute', { RouteKey: `many-${index}` });
        return MANY;
      },
    },
  };
}
