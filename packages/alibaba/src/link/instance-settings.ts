import type { LinkSettings } from '@postern/core/adapter';
import type { InstanceOutput } from './instance.js';
import { defined, flagOf, numberOf } from '../client/plain.js';

/** What an instance gives the groups that are on it. `VpcSlbIntranetEnable`: whether API Gateway itself may call them. */
export function instanceSettings(instance: InstanceOutput): LinkSettings {
  return defined({
    httpsPolicy: instance.HttpsPolicies || undefined,
    requestsPerSecond: numberOf(instance.InstanceRpsLimit),
    ipv6: optionalFlag(instance.SupportIpv6),
    egressIpv6: optionalFlag(instance.EgressIpv6Enable),
    clientNetworkId: instance.UserVpcId || undefined,
    networkDomain: optionalFlag(instance.VpcIntranetEnable),
    intranetDomain: optionalFlag(instance.VpcSlbIntranetEnable),
    spec: instance.InstanceSpec || undefined,
    switchPending: /wait.?switch/i.test(instance.Status ?? '') || undefined,
  });
}

function optionalFlag(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : flagOf(value);
}
