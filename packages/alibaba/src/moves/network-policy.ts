import type { GroupOutput } from '../gateway/api-group.js';
import { networkOf, type CapturedGroup } from './captured-group.js';

/** The parameters of `ModifyApiGroupNetworkPolicy` that restore settings. */
type Policy = {
  readonly HttpsPolicy?: string;
  readonly VpcIntranetEnable?: boolean;
  readonly VpcSlbIntranetEnable?: boolean;
  readonly InternetIPV6Enable?: boolean;
};

/**
 * What restores the settings that the target instance overwrote; undefined where all are as before.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-modifyapigroupnetworkpolicy
 */
export function policyToRestore(before: CapturedGroup, group: GroupOutput): Policy | undefined {
  const now = networkOf(group);
  const policy: Policy = {
    ...(before.httpsPolicy !== undefined && before.httpsPolicy !== group.HttpsPolicy
      ? { HttpsPolicy: before.httpsPolicy }
      : {}),
    ...(before.network.vpc && !now.vpc ? { VpcIntranetEnable: true } : {}),
    ...(before.network.intranet && !now.intranet ? { VpcSlbIntranetEnable: true } : {}),
    ...(before.network.ipv6 && !now.ipv6 ? { InternetIPV6Enable: true } : {}),
  };
  return Object.keys(policy).length === 0 ? undefined : policy;
}

/** What no call restores. */
export function lostSettings({ trafficLimit }: CapturedGroup, { TrafficLimit }: GroupOutput): readonly string[] {
  const now = Number(TrafficLimit);
  if (trafficLimit === undefined || TrafficLimit === undefined || now === trafficLimit) return [];
  return [
    `the limit of requests per second is ${now}, and was ${trafficLimit} before the move; only a ticket to Alibaba Cloud changes it`,
  ];
}
