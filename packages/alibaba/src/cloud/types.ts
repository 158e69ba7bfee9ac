import { type TypesOf, defineTraits } from '@postern/core/internal/kinds';
import type { ALIBABA_LINK_KEYS, ALIBABA_TARGETS } from './keys.js';
import { ALIBABA_QUOTAS } from './quotas.js';
import { ALIBABA_RESERVED } from './reserved.js';
import { cloudNative } from '../cloud-native/door/cloud.js';
import { traditional } from '../traditional/door/cloud.js';

/**
 * Alibaba Cloud. Each API of a group is published separately, with its change.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instance
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/product-overview/environmental-management-related-functions-offline-notification
 */
export const ALIBABA_TRAITS = defineTraits({
  name: 'alibaba',
  title: 'Alibaba Cloud',
  quotas: ALIBABA_QUOTAS,
  quotasReadOn: '2026-11-23',
  network: {
    account: {
      form: /^\d{6,20}$/,
      example: '1234567890123456',
      fault: 'expected an account ID of digits',
      remedy: 'Put it in quotes.',
    },
    aclEntriesAreNumbered: false,
    loadBalancersFailOpen: false,
    readsTargetHealth: 'slb:DescribeHealthStatus',
    clientAddressesStayNear: false,
    groupsReachPeers: false,
    addressesAreInterfaces: false,
    routersAreListed: false,
    natHasDestinations: true,
    groupsMayServeOtherNetworks: false,
    emptyZonesLeaveDns: false,
    targetsNeedZone: false,
    groupRulesHavePriorities: true,
    publicBalancersStandOutside: true,
    subnetNouns: ['vSwitch', 'vSwitches'],
    reserved: ALIBABA_RESERVED,
  },
  links: { ...traditional.links, ...cloudNative.links },
  gateways: { ...traditional.gateways, ...cloudNative.gateways },
});

/** What the compiler knows of specs and requests on Alibaba Cloud. */
export interface AlibabaTypes extends TypesOf<
  typeof ALIBABA_TRAITS & {
    readonly targets: typeof ALIBABA_TARGETS;
    readonly keys: { readonly link: typeof ALIBABA_LINK_KEYS };
  }
> {}
