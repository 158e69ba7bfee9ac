import type { BackendModelRow, JsonObject } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { modelAccess } from './backend-use.js';
import { isJsonObject, numbers, objectOf, textOf, texts } from '../request/json-object.js';

/** What a backend is on one stage. */
export function backendModelView(state: AlibabaRegionState, type: string, model: BackendModelRow) {
  const { data } = model;
  return {
    BackendModelId: model.id,
    StageName: model.stageName,
    StageModeId: model.id,
    Description: model.description,
    GmtCreate: modelTime(model.createdAt),
    GmtModified: modelTime(model.modifiedAt),
    BackendConfig: {
      Type: type,
      ...texts(data, ['ServiceAddress', 'HttpTargetHostName']),
      ...numbers(data, ['ServiceTimeout']),
      ...vpcConfig(state, data),
      ...discoveryConfig(data),
    },
  };
}

/** Models write their times unlike everything else: `2021-12-20T03:22:03.000+0000`. */
const modelTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

function vpcConfig(state: AlibabaRegionState, data: JsonObject) {
  const access = isJsonObject(data['VpcConfig']) ? modelAccess(state, data) : undefined;
  if (!access) return {};
  return {
    VpcConfig: {
      VpcAccessId: access.id,
      Name: access.name,
      VpcId: access.vpcId,
      InstanceId: access.instanceId,
      Port: access.port,
      VpcScheme: textOf(objectOf(data, 'VpcConfig'), 'VpcScheme'),
      VpcTargetHostName: access.targetHostName,
    },
  };
}

function discoveryConfig(data: JsonObject) {
  if (!isJsonObject(data['DiscoveryConfig'])) return {};
  const config = objectOf(data, 'DiscoveryConfig');
  const nacos = objectOf(config, 'NacosConfig');
  const zookeeper = objectOf(config, 'ZookeeperConfig');
  return {
    DiscoveryConfig: {
      ...texts(config, ['RcType']),
      ...(config['NacosConfig'] !== undefined && {
        NacosConfig: texts(nacos, [
          'ServerAddress',
          'ServiceName',
          'Namespace',
          'GroupName',
          'Clusters',
          'AuthType',
          'UserName',
          'Password',
          'AccessKey',
          'SecretKey',
        ]),
      }),
      ...(config['ZookeeperConfig'] !== undefined && {
        ZookeeperConfig: texts(zookeeper, ['ConnectString', 'ServiceName', 'Namespace']),
      }),
    },
  };
}
