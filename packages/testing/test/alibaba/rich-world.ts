import type { ProductName } from '../../src/alibaba/product.js';
import { simulate, type Simulation } from '../../src/index.js';

export const REGION = 'cn-hangzhou';
const MINUTE = 60_000;

/** A world that has some of everything, built by calls alone. */
export async function richWorld(): Promise<Simulation> {
  const sim = simulate({ seed: 11, throttle: false });
  const call = (product: ProductName, action: string, input: Record<string, unknown>) =>
    sim.callAlibaba({ product, action, region: REGION }, input) as Readonly<Record<string, string>>;
  const { VpcId } = call('Vpc', 'CreateVpc', { RegionId: REGION, CidrBlock: '172.16.0.0/12', VpcName: 'orders' });
  await sim.advance(MINUTE);
  const [j, k] = ['j', 'k'].map((zone, index) => {
    const input = { VpcId, ZoneId: `${REGION}-${zone}`, CidrBlock: `172.${16 + index}.0.0/16`, VSwitchName: 'orders' };
    return call('Vpc', 'CreateVSwitch', input)['VSwitchId'];
  });
  await sim.advance(MINUTE);
  const { RouteTableId } = call('Vpc', 'CreateRouteTable', { RegionId: REGION, VpcId, RouteTableName: 'orders' });
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { RegionId: REGION, VpcId, NetworkAclName: 'orders' });
  await sim.advance(MINUTE);
  void [j, k, RouteTableId, NetworkAclId];
  return sim;
}
