import { addressed, authorized, definition, type Stage } from './scene.js';

type Fields = Readonly<Record<string, unknown>>;

/** Creates an API of the group, published on these stages; returns its ID. */
export function api({ call, parts }: Stage, path: string, more: Fields, ...stages: readonly string[]): string {
  const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId: parts.apiGroup, ...definition(path, more) });
  for (const StageName of stages) publish({ call, parts }, ApiId, StageName);
  return ApiId;
}

/** Changes the draft of an API. */
export function redraft({ call }: Stage, ApiId: string, path: string, more: Fields): void {
  call('CloudAPI', 'ModifyApi', { ApiId, ...definition(path, more) });
}

export function publish({ call, parts }: Pick<Stage, 'call' | 'parts'>, ApiId: string, StageName: string): void {
  call('CloudAPI', 'DeployApi', { GroupId: parts.apiGroup, ApiId, StageName, Description: 'd' });
}

export function authorize({ call }: Stage, Name: string, VpcId: string, InstanceId: string, Port: number): void {
  call('CloudAPI', 'SetVpcAccess', { Name, VpcId, InstanceId, Port });
}

/** An authorization of the machine in the other VPC, which a conventional instance can call. */
export function authorizeForeign(stage: Stage): void {
  const { TotalCount } = stage.call('CloudAPI', 'DescribeVpcAccesses', { Name: 'foreign', AccurateQuery: true });
  if (TotalCount > 0) return;
  authorize(stage, 'foreign', stage.parts.elsewhere, stage.parts.foreign, 8080);
}

/** A plug-in that is attached to an API, or to the whole group, on a stage. */
export function plugin(
  { call, parts }: Stage,
  PluginType: string,
  PluginData: string,
  { on = parts.apis['/stock'], stage = 'RELEASE' }: { readonly on?: string | 'group'; readonly stage?: string } = {},
): string {
  const { TotalCount } = call('CloudAPI', 'DescribePlugins', {});
  const PluginName = `${PluginType}_${TotalCount}`;
  const { PluginId } = call('CloudAPI', 'CreatePlugin', { PluginName, PluginType, PluginData });
  const where = { PluginId, GroupId: parts.apiGroup, StageName: stage };
  if (on === 'group') call('CloudAPI', 'AttachGroupPlugin', where);
  else call('CloudAPI', 'AttachPlugin', { ...where, ApiId: on });
  return PluginId;
}

/** A named backend on these stages, which a new API calls. */
export function backend(stage: Stage, models: Readonly<Record<string, Fields>>, ...published: readonly string[]): void {
  const { call } = stage;
  const [first = {}] = Object.values(models);
  const BackendType = 'DiscoveryConfig' in first ? 'DISCOVERY' : 'VpcConfig' in first ? 'VPC' : 'HTTP';
  const { BackendId } = call('CloudAPI', 'CreateBackend', {
    BackendName: `planted_${call('CloudAPI', 'DescribeBackendList', {}).TotalCount}`,
    BackendType,
  });
  for (const [StageName, data] of Object.entries(models)) {
    call('CloudAPI', 'CreateBackendModel', {
      BackendId,
      BackendType,
      StageName,
      BackendModelData: JSON.stringify({ ...data, ServiceTimeout: 10_000 }),
    });
  }
  const named = { BackendEnable: true, BackendId, ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP' }) };
  api(stage, `/planted/${BackendId.slice(0, 8)}`, named, ...published);
}

/** Replaces an accessible block of the target instance by others. */
export async function replaceBlock(stage: Stage, gone: string, ...come: readonly string[]): Promise<void> {
  for (const block of come) await addBlock(stage, stage.parts.next, block);
  await removeBlock(stage, stage.parts.next, gone);
}

/** A rule of a security group for port 8080. */
export function rule({ call }: Stage, SecurityGroupId: string, more: Fields, way: '' | 'Egress' = ''): void {
  const Permissions = [{ IpProtocol: 'TCP', PortRange: '8080/8080', ...more }];
  call('Ecs', `AuthorizeSecurityGroup${way}`, { SecurityGroupId, Permissions });
}

/** The machine is in its own group, which allows the old egress and these blocks; returns the group. */
export async function ownGroup(stage: Stage, ...blocks: readonly string[]): Promise<string> {
  const { call, parts, wait } = stage;
  const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId: parts.vpc, SecurityGroupName: 'own' });
  call('Ecs', 'JoinSecurityGroup', { InstanceId: parts.machine, SecurityGroupId });
  call('Ecs', 'LeaveSecurityGroup', { InstanceId: parts.machine, SecurityGroupId: parts.group });
  for (const SourceCidrIp of [...parts.oldBlocks, ...blocks]) rule(stage, SecurityGroupId, { SourceCidrIp });
  await wait();
  return SecurityGroupId;
}

/** A network ACL around a vSwitch; entries as `policy ports block`. */
export function networkAcl(
  { call, parts }: Stage,
  vSwitch: string,
  {
    ingress = ['accept -1/-1 0.0.0.0/0'],
    egress = ['accept -1/-1 0.0.0.0/0'],
  }: { readonly ingress?: readonly string[]; readonly egress?: readonly string[] },
): void {
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { VpcId: parts.vpc, NetworkAclName: 'planted' });
  const entries = (texts: readonly string[], block: string) =>
    texts.map((text) => {
      const [Policy = '', Port = '', cidr = ''] = text.split(' ');
      return { Policy, Port, Protocol: Port === '-1/-1' ? 'all' : 'tcp', [block]: cidr };
    });
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    UpdateIngressAclEntries: true,
    IngressAclEntries: entries(ingress, 'SourceCidrIp'),
    UpdateEgressAclEntries: true,
    EgressAclEntries: entries(egress, 'DestinationCidrIp'),
  });
  call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource: [{ ResourceId: vSwitch, ResourceType: 'VSwitch' }] });
}

/** Removes an entry of the access control list of the CLB listener, or adds one. */
export function entry({ call, parts }: Stage, action: 'Add' | 'Remove', block: string): void {
  call('Slb', `${action}AccessControlListEntry`, {
    AclId: parts.accessList,
    AclEntrys: JSON.stringify([{ entry: block }]),
  });
}

/** Changes the row of the group, or of the target instance. */
export const group = ({ edit, parts }: Stage, to: object): void =>
  edit((row) => row['id'] === parts.apiGroup && row['httpsPolicy'] !== undefined, to);
export const target = ({ edit, parts }: Stage, to: object): void =>
  edit((row) => row['id'] === parts.next && row['httpsPolicy'] !== undefined, to);
export const source = ({ edit, parts }: Stage, to: object): void =>
  edit((row) => row['id'] === parts.old && row['httpsPolicy'] !== undefined, to);

export { addressed, authorized };

/** The address of another machine, in a vSwitch that is not accessible. */
export async function addressIn(stage: Stage, CidrBlock = '10.10.40.0/24'): Promise<string> {
  const { call, parts } = stage;
  const VSwitchId: string = call('Vpc', 'CreateVSwitch', {
    VpcId: parts.vpc,
    CidrBlock,
    ZoneId: 'cn-hangzhou-j',
  }).VSwitchId;
  const id = runMachine(stage, VSwitchId);
  await stage.wait();
  return addressOf(stage, id);
}

/** The address of a second machine, in the same group, without an authorization. */
export async function neighbour(stage: Stage): Promise<string> {
  const id = runMachine(stage, stage.parts.vswitches.app);
  await stage.wait();
  return addressOf(stage, id);
}

function runMachine({ call, parts }: Stage, VSwitchId: string): string {
  const [id = ''] = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId: parts.group,
  }).InstanceIdSets.InstanceIdSet as string[];
  return id;
}

function addressOf({ call }: Stage, id: string): string {
  const found = call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) });
  return found.Instances.Instance[0].VpcAttributes.PrivateIpAddress.IpAddress[0];
}

/** Adds an accessible block to an instance. */
export async function addBlock({ call, wait }: Stage, InstanceId: string, CidrBlock: string): Promise<void> {
  const ToConnectVpcIpBlock = { CidrBlock, Customized: true };
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId, ToConnectVpcIpBlock });
  await wait();
}

/** Removes an accessible block of an instance. */
export async function removeBlock({ call, wait }: Stage, InstanceId: string, gone: string): Promise<void> {
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId, DeleteVpcIpBlock: gone });
  await wait();
}

/** A stage variable of the group, on each of its stages. */
export function variable({ call, parts }: Stage, VariableName: string, VariableValue: string): void {
  const GroupId = parts.apiGroup;
  const { StageItems } = call('CloudAPI', 'DescribeApiGroup', { GroupId });
  for (const { StageId } of StageItems.StageInfo) {
    call('CloudAPI', 'CreateApiStageVariable', { GroupId, StageId, VariableName, VariableValue });
  }
}
