import type { AlibabaCallTarget, Simulation } from '@postern/simulator/internal/simulation';

/** What an answer has, as far as it is used. */
interface Told {
  readonly VpcId: string;
  readonly VSwitchId: string;
  readonly SecurityGroupId: string;
  readonly GroupId: string;
  readonly ApiId: string;
  readonly InstanceIdSets: { readonly InstanceIdSet: readonly string[] };
}
type Call = (product: AlibabaCallTarget['product'], action: string, input: object) => Told;

const callsOf =
  (simulation: Simulation, region: string): Call =>
  (product, action, input) =>
    simulation.callAlibaba({ product, action, region }, { ...input }) as unknown as Told;

/**
 * A VPC with two vSwitches for a link, a server in a third one, and an API group on the shared instance. `k` is the block of the second
 * vSwitch; one outside of 10.10.0.0/16 is in a secondary block of the VPC.
 */
export async function alibabaNetwork(simulation: Simulation, region: string, k = '10.10.1.0/24') {
  const call = callsOf(simulation, region);
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16', VpcName: 'shop' });
  const secondary = k.replace(/\.\d+\.0\/24$/, '.0.0/16');
  if (secondary !== '10.10.0.0/16') call('Vpc', 'AssociateVpcCidrBlock', { VpcId, SecondaryCidrBlock: secondary });
  const vswitch = (CidrBlock: string, zone: string): string =>
    call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock, ZoneId: `${region}-${zone}` }).VSwitchId;
  const vswitches = {
    j: vswitch('10.10.0.0/24', 'j'),
    k: vswitch(k, 'k'),
    services: vswitch('10.10.20.0/24', 'j'),
  };
  const group: string = call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'shop' }).SecurityGroupId;
  const { InstanceIdSet } = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: vswitches.services,
    SecurityGroupId: group,
  }).InstanceIdSets;
  await simulation.advance(600_000);
  const apiGroup: string = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop' }).GroupId;
  return { vswitches, group, machine: InstanceIdSet[0] ?? '', apiGroup };
}

/** Creates and publishes an API in a group, as a person does in the console. */
export function publishByHand(simulation: Simulation, region: string, GroupId: string): void {
  const call = callsOf(simulation, region);
  const made = call('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: 'legacy',
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    Description: 'made by hand',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: '/legacy',
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceAddress: 'http://example.com:80',
      ServicePath: '/legacy',
      ServiceHttpMethod: 'GET',
      ServiceTimeout: 1000,
      ServiceVpcEnable: 'FALSE',
      Mock: 'FALSE',
    }),
  });
  call('CloudAPI', 'DeployApi', { GroupId, ApiId: made.ApiId, StageName: 'RELEASE', Description: 'made by hand' });
}
