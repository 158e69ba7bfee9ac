import type {
  ApiDefinition,
  ApiGroupRow,
  ApiVersionRow,
  BackendModelRow,
  JsonObject,
  PluginRow,
  ResolvedVpcConfig,
  VpcAccessRow,
} from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { addressOfTarget, isPrivateAddress } from './backend-address.js';
import { isMock, usesVpc, vpcAccessNameOf } from './definition.js';
import { findVpcAccessByName } from '../request/find.js';
import { objectOf, textOf } from '../request/json-object.js';
import { pluginReferences } from './plugin-body.js';

/** A private address that an API, a backend or a plug-in calls. */
export interface BackendUse {
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
    const model = backend?.models.find((row) => row.stageName === stageName);
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
function behindModel(state: AlibabaRegionState, group: ApiGroupRow, { data, stageName }: BackendModelRow): Behind {
  const access = modelAccess(state, data);
  if (access) return { vpc: resolved(access, textOf(objectOf(data, 'VpcConfig'), 'VpcScheme')), serviceAddress: '' };
  return { vpc: undefined, serviceAddress: variableValue(group, stageName, textOf(data, 'ServiceAddress')) };
}

/** The authorization that a backend's model names: by id, name or triple. */
export function modelAccess(state: AlibabaRegionState, data: JsonObject): VpcAccessRow | undefined {
  const config = objectOf(data, 'VpcConfig');
  const [id, name, port] = ['VpcAccessId', 'Name', 'Port'].map((member) => textOf(config, member));
  return [...state.cloudApi.vpcAccesses.values()].find((row) => {
    if (id !== '' || name !== '') return row.id === id || row.name === name;
    const { VpcId: vpcId, InstanceId: instanceId } = config;
    return row.vpcId === vpcId && row.instanceId === instanceId && String(row.port) === port;
  });
}

/** An authorization as APIs are published with it. */
export function resolved(access: VpcAccessRow, vpcScheme: string): ResolvedVpcConfig {
  const { id, name, vpcId, instanceId, port } = access;
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
  plugin: Pick<PluginRow, 'data'>,
  instanceId: string,
): BackendUse[] {
  const { vpcAccessNames, addresses } = pluginReferences(plugin.data);
  const accesses = vpcAccessNames.flatMap(
    (name) => findVpcAccessByName(state, variableValue(group, stageName, name)) ?? [],
  );
  return [
    ...accesses.map((access) => accessUse(state, access)),
    ...addresses.flatMap((address) => hostUses(state, instanceId, hostOf(variableValue(group, stageName, address)))),
  ];
}

function accessUse(state: AlibabaRegionState, { vpcId, instanceId }: ResolvedVpcConfig | VpcAccessRow): BackendUse {
  return { vpcId, address: addressOfTarget(state, instanceId) ?? instanceId };
}

function hostUses({ cloudApi }: AlibabaRegionState, instanceId: string, host: string): BackendUse[] {
  if (isPrivateAddress(host)) return [{ vpcId: undefined, address: host }];
  const domain = cloudApi.privateDns.get(`A/${host}`);
  if (!domain?.instanceIds.includes(instanceId)) return [];
  return domain.records.map(({ record }) => ({ vpcId: undefined, address: record }));
}

/** `http://10.0.0.5:8080/x` → `10.0.0.5`. */
function hostOf(url: string): string {
  const [, host = ''] = /^(?:\w+:\/\/)?([^/:]+)/.exec(url) ?? [];
  return host;
}
