import type { DataScope, DataSource } from '@postern/core/overlay';
import { ALIBABA } from './rows/id-forms.js';

/**
 * A new network has no vSwitch and no group but those that are created in it. Stacks and clusters create some of their own.
 * @see https://www.alibabacloud.com/help/en/vpc/user-guide/what-is-vpc
 */
const NETWORK: DataScope = {
  attribute: 'vpc_id',
  type: 'alicloud_vpc',
  makers: [
    'alicloud_ros_',
    'alicloud_cs_',
    'alicloud_service_catalog_',
    'alicloud_edas_',
    'alicloud_sae_',
    'kubernetes_',
  ],
};

/**
 * Data sources of the Alibaba Cloud provider that find what a plan may create.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/data-sources/vswitches
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/data-sources/security_groups
 */
export const dataSources: Readonly<Record<string, DataSource>> = {
  alicloud_vswitches: {
    finds: ['alicloud_vswitch'],
    arguments: { vpc_id: 'vpc_id', zone_id: 'zone_id', cidr_block: 'cidr_block' },
    lists: { ids: 'id' },
    ids: { vpc_id: ALIBABA.network },
    scope: NETWORK,
  },
  alicloud_security_groups: {
    finds: ['alicloud_security_group'],
    arguments: { vpc_id: 'vpc_id' },
    lists: { ids: 'id' },
    ids: { vpc_id: ALIBABA.network },
    scope: NETWORK,
  },
};
