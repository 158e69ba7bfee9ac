import { alibaba } from '@postern/alibaba';
import { simulate, type AlibabaCallTarget, type Simulation } from '../../../src/internal/simulation.js';
import { openStage, stageOf, type Scene, type Stage } from '../show.js';

export const REGION = 'cn-hangzhou';

type Fields = Readonly<Record<string, unknown>>;
type Call = (product: AlibabaCallTarget['product'], action: string, input: Fields) => any;

/** What the scene has, by name. */
export interface AlibabaParts {
  readonly vpc: string;
  readonly vswitches: Readonly<Record<'j' | 'k' | 'app' | 'spare', string>>;
  readonly group: string;
  readonly machine: string;
  readonly balancer: string;
  readonly accessList: string;
  readonly apiGroup: string;
}

export interface AlibabaStage extends Stage {
  readonly parts: AlibabaParts;
  readonly call: Call;
  /** The ID of the instance that Postern created. */
  readonly link: () => string;
  readonly wait: () => Promise<void>;
}

export const driverOf = (simulation: Simulation, region: string) =>
  alibaba({ region, api: simulation.alibaba(region) });

interface AlibabaScene extends Scene {
  readonly parts: AlibabaParts;
}

/**
 * A VPC with an integration instance in two zones, and an ECS instance behind a CLB instance, whose access control
 * list allows the instance's vSwitches, and an API group whose APIs authenticate callers. Created once;
 * `alibabaStage` copies it.
 */
export async function alibabaScene(): Promise<AlibabaScene> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const { call, parts, spec, apply } = await openAlibaba(simulation);
  await apply();
  for (const { ApiId } of call('CloudAPI', 'DescribeApis', { GroupId: parts.apiGroup }).ApiSummarys.ApiSummary) {
    authorize(call, parts.apiGroup, ApiId, 'APP');
  }
  return { world: simulation.world(), spec, parts };
}

/** A CLB instance before a machine, whose access control list allows only these blocks. */
export function stockBalancer(call: Call, VSwitchId: string, machine: string, blocks: readonly string[]) {
  const balancer: string = call('Slb', 'CreateLoadBalancer', {
    LoadBalancerName: 'stock',
    AddressType: 'intranet',
    VSwitchId,
  }).LoadBalancerId;
  call('Slb', 'AddBackendServers', {
    LoadBalancerId: balancer,
    BackendServers: JSON.stringify([{ ServerId: machine, Weight: '100', Type: 'ecs' }]),
  });
  const port = { LoadBalancerId: balancer, ListenerPort: 80 };
  call('Slb', 'CreateLoadBalancerHTTPListener', { ...port, BackendServerPort: 8080, Bandwidth: -1, HealthCheck: 'on' });
  call('Slb', 'StartLoadBalancerListener', port);
  const accessList: string = call('Slb', 'CreateAccessControlList', { AclName: 'gateway' }).AclId;
  call('Slb', 'AddAccessControlListEntry', {
    AclId: accessList,
    AclEntrys: JSON.stringify(blocks.map((entry) => ({ entry }))),
  });
  call('Slb', 'SetLoadBalancerHTTPListenerAttribute', {
    ...port,
    AclStatus: 'on',
    AclType: 'white',
    AclId: accessList,
  });
  return { balancer, accessList };
}

/** The network of the scene, without the resources that Postern creates. */
export async function openAlibaba(simulation: Simulation): Promise<Stage & Pick<AlibabaStage, 'call' | 'parts'>> {
  const call: Call = (product, action, input) => simulation.callAlibaba({ product, action, region: REGION }, input);
  const vpc: string = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16', VpcName: 'shop' }).VpcId;
  const vswitch = (CidrBlock: string, zone: string): string =>
    call('Vpc', 'CreateVSwitch', { VpcId: vpc, CidrBlock, ZoneId: `${REGION}-${zone}` }).VSwitchId;
  const vswitches = {
    j: vswitch('10.10.0.0/24', 'j'),
    k: vswitch('10.10.1.0/24', 'k'),
    app: vswitch('10.10.20.0/24', 'j'),
    spare: vswitch('10.10.30.0/24', 'i'),
  };
  const group: string = call('Ecs', 'CreateSecurityGroup', { VpcId: vpc, SecurityGroupName: 'shop' }).SecurityGroupId;
  const [machine = ''] = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: vswitches.app,
    SecurityGroupId: group,
  }).InstanceIdSets.InstanceIdSet as string[];
  await simulation.advance(600_000);
  const { balancer, accessList } = stockBalancer(call, vswitches.app, machine, ['10.10.0.0/24', '10.10.1.0/24']);
  await simulation.advance(600_000);
  const apiGroup: string = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop' }).GroupId;

  const spec = `version: 1
project: shop
spec: shop
links:
  cn:
    provider: alibaba
    region: ${REGION}
    subnets: [${vswitches.j}, ${vswitches.k}]
    securityGroups: [${group}]
    allowlist: [10.10.20.0/24]
    instanceCidr: 192.168.0.0/16
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${apiGroup}, stages: [RELEASE] }
    targets:
      orders: { instance: ${machine}, port: 8080 }
      stock: { instance: ${balancer}, port: 80 }
    routes: { 'ANY /orders': orders, 'ANY /stock': stock }
assume: { internalBlocks: { ${REGION}: [10.250.0.0/16] } }
`;
  const parts = { vpc, vswitches, group, machine, balancer, accessList, apiGroup };
  return Object.assign(openStage(simulation, spec, driverOf), { call, parts });
}

/** The authentication of an API, published. */
export function authorize(call: Call, GroupId: string, ApiId: string, AuthType: 'APP' | 'ANONYMOUS'): void {
  const api = call('CloudAPI', 'DescribeApi', { GroupId, ApiId });
  call('CloudAPI', 'ModifyApi', {
    GroupId,
    ApiId,
    ApiName: api.ApiName,
    Description: api.Description,
    Visibility: api.Visibility,
    AuthType,
    RequestConfig: JSON.stringify(api.RequestConfig),
    ServiceConfig: JSON.stringify(api.ServiceConfig),
  });
  call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'checked' });
}

/** A copy of the scene for one test. */
export function alibabaStage(scene: AlibabaScene): AlibabaStage {
  const stage = stageOf(scene, driverOf);
  const { simulation } = stage;
  const call: Call = (product, action, input) => simulation.callAlibaba({ product, action, region: REGION }, input);
  return Object.assign(stage, {
    parts: scene.parts,
    call,
    link: () => {
      const made = call('CloudAPI', 'DescribeInstances', {}).Instances.InstanceAttribute.filter(
        (one: any) => one.DedicatedInstanceType === 'vpc_connect',
      );
      // A failed instance is kept beside its replacement.
      return (made.find((one: any) => one.Status === 'RUNNING') ?? made[0]).InstanceId as string;
    },
    wait: () => simulation.advance(600_000),
  });
}
