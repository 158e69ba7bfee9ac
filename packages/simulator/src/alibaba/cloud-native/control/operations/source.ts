import type { AlibabaCall } from '../../../operation/operation.js';
import { getRunningGateway, getSource, apigList } from '../request/find.js';
import { apigFamily, neededText, refusals } from '../request/parameters.js';
import { associationOf, NACOS } from '../registry.js';
import type { SourceRow } from '../state.js';
import { listOf, oneOf, required, structure, text, texts, action } from '../../../operation/family.js';

/** A source as lists show it. GetSource adds gateway and type, and spells the member of a cluster `k8SSourceInfo`. */
function sourceView({ state, region }: AlibabaCall, row: SourceRow): Record<string, unknown> {
  const { id, name, type, instanceId, resourceGroupId, createdAt } = row;
  const nacosSourceInfo = { instanceId, clusterId: instanceId, address: addressOf(instanceId, region) };
  return {
    sourceId: id,
    name,
    ...(type === NACOS ? { nacosSourceInfo } : { k8sSourceInfo: { clusterId: instanceId } }),
    ...associationOf(state, row),
    resourceGroupId,
    createTimestamp: createdAt,
    updateTimestamp: createdAt,
  };
}

/** The name of a Nacos instance in its VPC [I]. */
const addressOf = (instanceId: string, region: string): string =>
  `${instanceId.replace(/^(?:mse-)?(?:cn-)?/, 'mse-')}-nacos-ans.${region}.mse.aliyuncs.com:8848`;

/**
 * Sources: registries that gateways follow. They are of one gateway, and one that is not valid stays until it is deleted.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/user-guide/create-service-source
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk (apig-20240327/src/models/CreateSourceRequest.ts)
 */
export const sourceOperations = apigFamily({
  CreateSource: {
    parameters: {
      gatewayId: neededText,
      type: required(oneOf('K8S', NACOS)),
      resourceGroupId: text,
      nacosSourceConfig: structure({ instanceId: text }),
      k8sSourceConfig: structure({
        clusterId: text,
        authorizeSecurityGroupRules: listOf({ description: text, portRanges: texts, securityGroupId: text }),
      }),
    },
    run(call, input) {
      const gateway = getRunningGateway(call.state, input.gatewayId);
      const { nacosSourceConfig, k8sSourceConfig, type } = input;
      const instanceId = (type === NACOS ? nacosSourceConfig?.instanceId : k8sSourceConfig?.clusterId) ?? '';
      const { sources, registries } = call.state.apig;
      if (instanceId === '' || (type === NACOS && registries.get(instanceId)?.isReleased !== false))
        throw refusals.invalid(type === NACOS ? 'nacosSourceConfig.instanceId' : 'k8sSourceConfig.clusterId');
      if ([...sources.values()].some((one) => one.gatewayId === gateway.id && one.instanceId === instanceId))
        throw refusals.duplicated('Source', instanceId);

      const id = call.id('src-', 20);
      const resourceGroupId = input.resourceGroupId ?? gateway.resourceGroupId;
      // The name of an instance is not simulated: its ID is there.
      sources.set(id, {
        id,
        gatewayId: gateway.id,
        name: instanceId,
        type,
        instanceId,
        resourceGroupId,
        createdAt: call.now,
      });
      return { sourceId: id };
    },
  },

  GetSource: action({ sourceId: neededText }, (call, { sourceId }) => {
    const row = getSource(call.state, sourceId);
    const { k8sSourceInfo, ...others } = sourceView(call, row);
    return {
      ...others,
      gatewayId: row.gatewayId,
      type: row.type,
      ...(k8sSourceInfo ? { k8SSourceInfo: k8sSourceInfo } : {}),
    };
  }),

  ListSources: apigList({
    rows: ({ state }) => state.apig.sources.values(),
    same: ['gatewayId', 'type', 'resourceGroupId'],
    view: (row, call) => sourceView(call, row),
  }),

  /** Services of a source stay, without instances [U]. */
  DeleteSource: action({ sourceId: neededText }, ({ state }, { sourceId }) => {
    state.apig.sources.delete(getSource(state, sourceId).id);
    return undefined;
  }),
});
