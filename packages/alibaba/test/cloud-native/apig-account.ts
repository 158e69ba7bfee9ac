import { createContext, type CallContext, type Driver } from '@postern/core/internal/library';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { roaOf } from '../../../simulator/test/alibaba/apig/roa.js';
import { alibaba } from '../../src/index.js';

export const REGION = 'cn-hangzhou';
const ZONES = ['cn-hangzhou-j', 'cn-hangzhou-k'];

type Body = Readonly<Record<string, any>>;

/** A simulated account: a VPC with two vSwitches, a backend with its security group, and an HTTP API without routes. */
export async function apigAccount(options: SimulateOptions = {}) {
  const simulation: Simulation = simulate({ seed: 7, clock: 'auto', throttle: false, ...options });
  const client = simulation.alibaba(REGION);
  const rpc = async (product: string, version: string, action: string, input: Body): Promise<Body> =>
    (await client.call({ product, version, action, region: REGION }, input)).body;
  const roa = roaOf(simulation, REGION);
  const vpc = (action: string, input: Body) => rpc('Vpc', '2016-04-28', action, input);
  const ecs = (action: string, input: Body) => rpc('Ecs', '2014-05-26', action, input);
  const { VpcId } = await vpc('CreateVpc', { CidrBlock: '10.0.0.0/8' });
  const subnets: string[] = [];
  for (const [at, ZoneId] of ZONES.entries())
    subnets.push(
      (await vpc('CreateVSwitch', { VpcId, ZoneId, CidrBlock: `10.0.${at + 1}.0/24` }))['VSwitchId'] as string,
    );
  const { SecurityGroupId: group } = await ecs('CreateSecurityGroup', { VpcId, SecurityGroupName: 'backend' });
  const machine = async (): Promise<{ readonly id: string; readonly address: string }> => {
    const run = await ecs('RunInstances', {
      ImageId: 'aliyun_3_x64_20G_alibase.vhd',
      InstanceType: 'ecs.c7.large',
      VSwitchId: subnets[0],
      SecurityGroupId: group,
      Amount: 1,
    });
    const id = run['InstanceIdSets'].InstanceIdSet[0] as string;
    await simulation.advance(120_000);
    const found = await ecs('DescribeInstances', { InstanceIds: JSON.stringify([id]) });
    return { id, address: found['Instances'].Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0] as string };
  };
  const { data } = await roa('POST', '/v1/http-apis', { name: 'shop', type: 'Http', protocols: ['HTTP'] });
  const driver: Driver = alibaba({ region: REGION, api: client });
  const ctx: CallContext = createContext({ clock: simulation.clock, random: () => 0.5 });
  return {
    simulation,
    driver,
    ctx,
    vpc,
    ecs,
    roa,
    machine,
    vpcId: VpcId as string,
    subnets,
    group: group as string,
    apiId: data.httpApiId as string,
  };
}
