import type { ApiGroupRow } from '../state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { instanceTypeOf } from './group-rules.js';
import { written } from '../request/time.js';

/** What the list of groups and the answer about one have in common. */
export function groupView({ cloudApi }: AlibabaRegionState, group: ApiGroupRow, region: string) {
  return {
    GroupId: group.id,
    GroupName: group.name,
    Description: group.description,
    BasePath: group.basePath,
    InstanceId: group.instanceId,
    InstanceType: instanceTypeOf(cloudApi.instances.get(group.instanceId) ?? { kind: 'shared' }),
    HttpsPolicy: group.httpsPolicy,
    TrafficLimit: group.trafficLimit,
    BillingStatus: group.billingStatus,
    IllegalStatus: group.illegalStatus,
    RegionId: region,
    CreatedTime: written(group.createdAt),
    ModifiedTime: written(group.modifiedAt),
  };
}
