import type { PlansOfCloud } from '@postern/core/internal/overlay';
import type { AlibabaApi } from '../client/apis/alibaba-api.js';
import { cloud } from '../cloud/index.js';
import { cloudNative } from '../cloud-native/door/plans.js';
import { traditional } from '../traditional/door/plans.js';
import { actsWith } from './acts/index.js';
import { heldWith } from './held.js';
import { PULUMI_TYPES } from './pulumi.js';
import { backendRows } from './rows/backends.js';
import { groupRows } from './rows/groups.js';
import { networkRows } from './rows/network.js';

/** What plans of other tools say about Alibaba Cloud. */
export const plans: PlansOfCloud = {
  cloud,
  terraform: {
    provider: 'alicloud',
    source: 'aliyun/alicloud',
    rows: {
      ...networkRows,
      ...groupRows,
      ...backendRows,
      ...traditional.rows,
      ...cloudNative.rows,
    },
    opaqueTypes: [
      ['alicloud_vpc_peer', 'peerings'],
      ['alicloud_vpc_network_acl', 'networkAcls'],
      ['alicloud_vpc_', 'networks'],
      ['alicloud_network_acl', 'networkAcls'],
      ['alicloud_network_interface', 'interfaces'],
      ['alicloud_ecs_network_interface', 'interfaces'],
      ['alicloud_slb', 'loadBalancers'],
      ['alicloud_alb', 'loadBalancers'],
      ['alicloud_nlb', 'loadBalancers'],
      ['alicloud_cen', 'transitGateways'],
      ...traditional.opaqueTypes,
      ...cloudNative.opaqueTypes,
    ],
    registeringTypes: [
      ['alicloud_cs_'],
      ['alicloud_ess_'],
      ['alicloud_edas_'],
      ['alicloud_sae_'],
      ['alicloud_fc'],
      ['alicloud_ros_'],
    ],
  },
  acts: actsWith({
    ...traditional.acts,
    ...cloudNative.acts,
  }),
  held: heldWith({
    ...traditional.held,
    ...cloudNative.held,
  }),
  driver: async (region, clients) => (await import('../driver.js')).alibaba({ region, api: clients as AlibabaApi }),
  settings: {
    ...traditional.settings,
    ...cloudNative.settings,
  },
  pulumi: { ...PULUMI_TYPES, others: [...traditional.pulumi, ...PULUMI_TYPES.others] },
  exports: {
    links: {
      ...traditional.exports.links,
      ...cloudNative.exports.links,
    },
    routes: {
      ...traditional.exports.routes,
      ...cloudNative.exports.routes,
    },
    targets: {
      ...traditional.exports.targets,
      ...cloudNative.exports.targets,
    },
  },
};
