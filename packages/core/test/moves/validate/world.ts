import type { GatewayUse } from '../../../src/do/model/gateway.js';
import { alibabaWorld, type Draft, type World } from '../../check/checks/world.js';

/** The group of the Alibaba Cloud world on its instance, and a second instance beside it, with the same settings. */
export function migrationWorld(change?: (world: World) => void): World {
  return alibabaWorld((world) => {
    const { region, copy, the } = world;
    the('links', 'apigateway-hz-1').settings = {
      httpsPolicy: 'HTTPS2_TLS1_2',
      requestsPerSecond: 2500,
      ipv6: false,
      networkDomain: false,
      intranetDomain: false,
      spec: 'api.s1.small',
    };
    the('gateways', 'group-1').settings = {
      httpsPolicy: 'HTTPS2_TLS1_2',
      requestsPerSecond: 500,
      ipv6: false,
      domains: [{ name: 'group-1.apigateway.example.com', kind: 'public' }],
    };
    copy('links', 'apigateway-hz-1', { id: 'apigateway-hz-2', name: 'next' });
    for (const list of ['allowlists', 'egress'] as const) {
      const [own] = region[list];
      if (own !== undefined) (region[list] as unknown[]).push({ ...structuredClone(own), linkId: 'apigateway-hz-2' });
    }
    the('gateways', 'group-1').uses = [
      use('api-1', 'ANY /orders', 'shop-orders'),
      use('api-2', 'ANY /stock', 'shop-stock'),
    ];
    change?.(world);
  });
}

export function use(
  id: string,
  name: string,
  targetId: string,
  more: Partial<Draft<GatewayUse>> = {},
): Draft<GatewayUse> {
  return { kind: 'route', id, name, routeIds: [id], stage: 'RELEASE', targetId, ...more };
}

export const MOVE = { provider: 'alibaba', group: 'group-1', to: 'apigateway-hz-2' } as const;
export const ASSUME = { internalBlocks: { 'cn-hangzhou': ['10.250.0.0/16'] } };
