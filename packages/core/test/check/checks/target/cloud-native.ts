import { alibabaWorld, type World } from '../world.js';

/** The world of Alibaba Cloud, with a gateway of Cloud-native API Gateway in place of the instance. */
export function gatewayWorld(change?: (world: World) => void): World {
  return alibabaWorld((world) => {
    const { region, the, linkSpec, integration, targetSpec } = world;
    Object.assign(the('links', 'apigateway-hz-1'), { id: 'gw-1', kind: 'apig-gateway' });
    Object.assign(linkSpec, { id: 'gw-1', kind: 'apig-gateway' });
    region.targets = [
      {
        kind: 'apig-service',
        id: 'svc-1:8080',
        name: 'orders',
        networkId: 'vpc-h',
        resourceId: '10.0.20.10',
        port: 8080,
        linkId: 'gw-1',
        endpoints: ['10.0.20.10:8080', '10.0.20.11:8080'],
        health: { checked: true, nativeState: 'Healthy', unhealthy: [] },
        raw: null,
      },
    ];
    Object.assign(integration, { gateway: { apigHttpApi: 'api-1' }, targets: { orders: targetSpec }, routes: {} });
    targetSpec.ref = { addresses: ['10.0.20.10', '10.0.20.11'], port: 8080 };
    change?.(world);
  });
}
