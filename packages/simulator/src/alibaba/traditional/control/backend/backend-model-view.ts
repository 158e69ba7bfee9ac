import { raise } from '../../../../simulation/raise.js';
import { shown } from '../../../operation/operation.js';
import type { BackendModelRow, BackendRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { modelAccess } from './backend-use.js';
import { numbers, texts, readObject, STAGES, say } from '../request/parameters.js';
import { isJsonObject, objectOf, textOf, type JsonObject } from '../../../state/json-object.js';

/** What a backend is on one stage. */
export function backendModelView(state: AlibabaRegionState, type: string, model: BackendModelRow) {
  const { data } = model;
  return {
    ...shown(model),
    BackendConfig: {
      Type: type,
      ...texts(data, ['ServiceAddress', 'HttpTargetHostName']),
      ...numbers(data, ['ServiceTimeout']),
      ...vpcConfig(state, data),
      ...discoveryConfig(data),
    },
  };
}

/** A model of a backend, as it is when it was created. */
export function newModel(now: number, id: string, StageName: string, Description: string, data: JsonObject) {
  const times = { GmtCreate: modelTime(now), GmtModified: modelTime(now) };
  return { BackendModelId: id, StageName, StageModeId: id, Description, ...times, data };
}

/** Models write their times unlike everything else: `2021-12-20T03:22:03.000+0000`. */
export const modelTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

function vpcConfig(state: AlibabaRegionState, data: JsonObject) {
  const access = isJsonObject(data['VpcConfig']) ? modelAccess(state, data) : undefined;
  if (!access) return {};

  return {
    VpcConfig: {
      VpcAccessId: access.VpcAccessId,
      Name: access.Name,
      VpcId: access.VpcId,
      InstanceId: access.InstanceId,
      Port: access.Port,
      VpcScheme: textOf(objectOf(data, 'VpcConfig'), 'VpcScheme'),
      VpcTargetHostName: access.VpcTargetHostName,
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

/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/create-a-backend-service */
export const BACKEND_TYPES = [
  'HTTP',
  'VPC',
  'FC_EVENT',
  'FC_HTTP',
  'FC_EVENT_V3',
  'FC_HTTP_V3',
  'OSS',
  'MOCK',
  'EVENTBRIDGE',
  'DISCOVERY',
];

/** Names of backends are unique. @throws {AlibabaError} `DuplicateBackendName` */
export function checkBackendName({ cloudApi }: AlibabaRegionState, name: string, id?: string): void {
  if ([...cloudApi.backends.values()].some((row) => row.BackendName === name && row.BackendId !== id)) {
    throw say.duplicate('BackendName');
  }
}

/**
 * What a backend is on a stage: `{"ServiceAddress":…}` of type HTTP, `{"VpcConfig":{"VpcAccessId":…}}` of type VPC; of the
 * other types it is stored as given.
 * @throws {AlibabaError} `InvalidBackendModelData`, `NotFoundVpc`
 */
export function readModelData(state: AlibabaRegionState, type: string, text: string): JsonObject {
  const data = readObject('BackendModelData', text);
  if (type === 'HTTP' && !/^https?:\/\/\S+$/.test(textOf(data, 'ServiceAddress')))
    throw say.invalid('BackendModelData');
  if (type === 'VPC' && !modelAccess(state, data)) throw say.notFound('Vpc');

  return data;
}

/** @throws {AlibabaError} `NotFoundStageModel` for a stage that no group has */
export function checkStageName(name: string): void {
  if (!(STAGES as readonly string[]).includes(name)) throw say.notFound('StageModel');
}

/** @throws {AlibabaError} `NotFoundBackendModel` */
export function getModel({ models }: BackendRow, id: string): BackendModelRow {
  return models.find(({ BackendModelId }) => BackendModelId === id) ?? raise(say.notFound('BackendModel'));
}
