import type {
  ApiDefinition,
  ApiGroupRow,
  ApiVersionRow,
  BackendModelRow,
  PluginRow,
  ResolvedVpcConfig,
  VpcAccessRow,
  ConnectionRow,
} from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { isMock, usesVpc, vpcAccessNameOf } from './definition.js';
import { findVpcAccessByName, type VpcTriple } from '../request/find.js';
import { pluginReferences } from './plugin-body.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import { STAGES, say } from '../request/parameters.js';
import { objectOf, textOf, type JsonObject } from '../../../state/json-object.js';
import { addressOfInstance, findInstance, findVpc } from '../../../vpc/network.js';
import { findLoadBalancer } from '../../../slb/load-balancer.js';
import { isPort } from '../../../../simulation/ports.js';

/** A private address that an API, a backend or a plug-in calls. */
interface BackendUse {
  /** The authorization's VPC; undefined for a plain address. */
  readonly vpcId: string | undefined;
  /** The address, or, where the authorized instance was deleted, its ID. */
  readonly address: string;
}

/** The backend of an API on a stage. */
export type Behind = Pick<ApiVersionRow, 'vpc' | 'serviceAddress'>;

/** The backend of a definition on one stage, by its own service config or its named backend's model. */
export function behind(
  state: AlibabaRegionState,
  group: ApiGroupRow,
  definition: ApiDefinition,
  stageName: string,
): Behind {
  if (definition.backendEnable) {
    const backend = state.cloudApi.backends.get(definition.backendId);
    const model = backend?.models.find((row) => row.StageName === stageName);
    return model ? behindModel(state, group, model) : { vpc: undefined, serviceAddress: '' };
  }

  const config = definition.serviceConfig;
  if (isMock(config)) return { vpc: undefined, serviceAddress: '' };
  if (!usesVpc(config)) {
    return { vpc: undefined, serviceAddress: variableValue(group, stageName, textOf(config, 'ServiceAddress')) };
  }

  const name = variableValue(group, stageName, vpcAccessNameOf(config));
  const access = findVpcAccessByName(state, name);
  const scheme = textOf(objectOf(config, 'VpcConfig'), 'VpcScheme');
  return { vpc: access && resolved(access, scheme), serviceAddress: '' };
}

/** What a backend's model calls. */
function behindModel(
  state: AlibabaRegionState,
  group: ApiGroupRow,
  { data, StageName: stageName }: BackendModelRow,
): Behind {
  const access = modelAccess(state, data);
  if (access) return { vpc: resolved(access, textOf(objectOf(data, 'VpcConfig'), 'VpcScheme')), serviceAddress: '' };

  return { vpc: undefined, serviceAddress: variableValue(group, stageName, textOf(data, 'ServiceAddress')) };
}

/** The authorization that a backend's model names: by id, name or triple. */
export function modelAccess(state: AlibabaRegionState, data: JsonObject): VpcAccessRow | undefined {
  const config = objectOf(data, 'VpcConfig');
  const [id, name, port] = ['VpcAccessId', 'Name', 'Port'].map((member) => textOf(config, member));
  return [...state.cloudApi.vpcAccesses.values()].find((row) => {
    if (id !== '' || name !== '') return row.VpcAccessId === id || row.Name === name;

    const { VpcId, InstanceId } = config;
    return row.VpcId === VpcId && row.InstanceId === InstanceId && String(row.Port) === port;
  });
}

/** An authorization as APIs are published with it. */
export function resolved(access: VpcAccessRow, vpcScheme: string): ResolvedVpcConfig {
  const { VpcAccessId: id, Name: name, VpcId: vpcId, InstanceId: instanceId, Port: port } = access;
  return { id, name, vpcId, instanceId, port, vpcScheme };
}

/** A text with the values of the stage variables that it names; those without a value stay as they are. */
export function variableValue({ stages, variables }: ApiGroupRow, stageName: string, text: string): string {
  const stage = stages.find(({ name }) => name === stageName);
  if (!stage || variables.size === 0) return text;

  return text.replaceAll(/#(\w+)#/g, (whole, name: string) => variables.get(`${stage.id}/${name}`) ?? whole);
}

/** The private addresses that something behind an API is called at, from an instance that may have private domains. */
export function usesBehind(
  state: AlibabaRegionState,
  instanceId: string,
  { vpc, serviceAddress }: Behind,
): BackendUse[] {
  if (vpc) return [accessUse(state, vpc)];

  return hostUses(state, instanceId, hostOf(serviceAddress));
}

/** The private addresses that a plug-in calls on a stage of a group. */
export function usesOfPlugin(
  state: AlibabaRegionState,
  group: ApiGroupRow,
  stageName: string,
  plugin: Pick<PluginRow, 'PluginData'>,
  instanceId: string,
): BackendUse[] {
  const { vpcAccessNames, addresses } = pluginReferences(plugin.PluginData);
  const accesses = vpcAccessNames.flatMap(
    (name) => findVpcAccessByName(state, variableValue(group, stageName, name)) ?? [],
  );
  return [
    ...accesses.map((access) => accessUse(state, resolved(access, ''))),
    ...addresses.flatMap((address) => hostUses(state, instanceId, hostOf(variableValue(group, stageName, address)))),
  ];
}

function accessUse(state: AlibabaRegionState, { vpcId, instanceId }: ResolvedVpcConfig): BackendUse {
  return { vpcId, address: addressOfTarget(state, instanceId) ?? instanceId };
}

function hostUses({ cloudApi }: AlibabaRegionState, instanceId: string, host: string): BackendUse[] {
  if (isPrivateAddress(host)) return [{ vpcId: undefined, address: host }];

  const domain = cloudApi.privateDns.get(`A/${host}`);
  if (!domain?.BindInstances.includes(instanceId)) return [];

  return domain.Records.map(({ Record }) => ({ vpcId: undefined, address: Record }));
}

/** `http://10.0.0.5:8080/x` → `10.0.0.5`. */
function hostOf(url: string): string {
  const [, host = ''] = /^(?:\w+:\/\/)?([^/:]+)/.exec(url) ?? [];
  return host;
}

/**
 * The first address that a VPC integration instance cannot connect, as the service verifies it. The
 * authorization's VPC must be the instance's, and the address must be in an accessible block. The service
 * checks no security groups, network ACLs, routes or listeners.
 */
export function unreachable(connection: ConnectionRow, uses: readonly BackendUse[]): string | undefined {
  return uses.find(
    ({ vpcId, address }) =>
      (vpcId !== undefined && vpcId !== connection.vpcId) ||
      !connection.cidrBlocks.some((block) => blockHas(block, address)),
  )?.address;
}

/** Conventional and shared instances verify nothing here. @throws {AlibabaError} `InvalidBackend` in the service's sentence */
export function requireReach({ cloudApi }: AlibabaRegionState, instanceId: string, uses: readonly BackendUse[]): void {
  const connection = cloudApi.instances.get(instanceId)?.connection;
  const address = connection && unreachable(connection, uses);
  if (address !== undefined) throw say.unreachable(address);
}

/**
 * All that a group calls: its APIs' drafts and what is published of them, by authorization, backend or address, and its
 * plug-ins. `instanceId` is the instance that would call.
 */
export function usesOfGroup(state: AlibabaRegionState, group: ApiGroupRow, instanceId: string): BackendUse[] {
  const uses: BackendUse[] = [];
  for (const { groupId, draft, history, online } of state.cloudApi.apis.values()) {
    if (groupId !== group.id) continue;

    for (const stage of STAGES) uses.push(...usesBehind(state, instanceId, behind(state, group, draft, stage)));
    for (const row of history) {
      if (online.get(row.stageName) === row.version) uses.push(...usesBehind(state, instanceId, row));
    }
  }
  for (const plugin of state.cloudApi.plugins.values()) {
    for (const { groupId, stageName } of plugin.attachments) {
      if (groupId === group.id) uses.push(...usesOfPlugin(state, group, stageName, plugin, instanceId));
    }
  }
  return uses;
}

const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Whether a text is a private IPv4 address. */
export function isPrivateAddress(text: string): boolean {
  return /^\d+(\.\d+){3}$/.test(text) && PRIVATE_BLOCKS.some((block) => blockHas(block, text));
}

/** What an authorization's instance is, by its form. */
export function targetKind(instanceId: string): 'ECS' | 'SLB' | 'ADDRESS' | undefined {
  if (instanceId.startsWith('i-')) return 'ECS';
  if (instanceId.startsWith('lb-')) return 'SLB';

  return isPrivateAddress(instanceId) ? 'ADDRESS' : undefined;
}

/**
 * The private address behind an authorization's instance; undefined when the instance was deleted or is not in a VPC.
 */
function addressOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  const kind = targetKind(instanceId);
  if (kind === 'ADDRESS') return instanceId;
  if (kind === 'SLB') {
    const balancer = findLoadBalancer(state, instanceId);
    return balancer?.AddressType === 'intranet' ? balancer.Address : undefined;
  }

  const instance = kind && findInstance(state, instanceId);
  return instance && addressOfInstance(state, instance);
}

/** The VPC of an ECS instance or load balancer. */
function vpcOfTarget(state: AlibabaRegionState, instanceId: string): string | undefined {
  return targetKind(instanceId) === 'SLB'
    ? findLoadBalancer(state, instanceId)?.VpcId
    : findInstance(state, instanceId)?.vpcId;
}

/**
 * An authorization's VPC must exist; its instance must be an ECS instance or an internal load balancer in it, or any
 * private address.
 * @throws {AlibabaError} `InvalidVpcId`, `InvalidInstanceId`, `InvalidPort`
 * @see https://www.alibabacloud.com/help/doc-detail/179362.htm
 */
export function checkVpcTarget(state: AlibabaRegionState, { VpcId, InstanceId, Port }: VpcTriple): void {
  if (!findVpc(state, VpcId)) throw say.invalid('VpcId', 'The specified VpcId does not exist.');
  if (!isPort(Port)) throw say.invalid('Port');

  const kind = targetKind(InstanceId);
  if (!kind) throw say.invalid('InstanceId');
  if (kind === 'ADDRESS') return;
  if (vpcOfTarget(state, InstanceId) !== VpcId) {
    throw say.invalid('InstanceId', 'The specified InstanceId does not exist in the specified VpcId.');
  }
  if (kind === 'SLB' && findLoadBalancer(state, InstanceId)?.AddressType !== 'intranet') {
    throw say.invalid('InstanceId', 'The specified InstanceId is not an internal load balancer.');
  }
}
