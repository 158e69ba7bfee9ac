import type { Simulation } from '../../../src/index.js';
import { roaOf } from '../../alibaba/apig/roa.js';

/** A gateway of Cloud-native API Gateway in a vSwitch, with a service, and an HTTP API without routes. */
export async function addGateway(
  simulation: Simulation,
  { region, vpcId, vSwitchId }: { readonly region: string; readonly vpcId: string; readonly vSwitchId: string },
) {
  const roa = roaOf(simulation, region);
  const post = async (path: string, body: Readonly<Record<string, unknown>>) => (await roa('POST', path, body))['data'];
  const { gatewayId } = await post('/v1/gateways', {
    name: 'shop',
    gatewayType: 'API',
    spec: 'apigw.small.x1',
    chargeType: 'POSTPAY',
    vpcId,
    zoneConfig: { selectOption: 'Auto', vSwitchId },
    networkAccessConfig: { type: 'Intranet' },
  });
  await simulation.advance(150_000);
  await post('/v1/services', {
    gatewayId,
    sourceType: 'VIP',
    serviceConfigs: [{ name: 'carts', addresses: ['10.10.20.7:8080'] }],
  });
  const { httpApiId } = await post('/v1/http-apis', { name: 'carts', type: 'Http', protocols: ['HTTP'] });
  return { gatewayId: gatewayId as string, httpApiId: httpApiId as string };
}
