import type { Act, ActsOfCloud } from '@postern/core/internal/overlay';
import { ALIBABA } from '../rows/id-forms.js';
import { balancerActs } from './balancers.js';
import { dataSourceActs } from './data-sources.js';
import { internetActs, networkActs, securityGroupActs } from './network.js';
import { instanceActs, serverActs } from './servers.js';

/** Two words that are fit for a name or a description, and that no one else is likely to have. */
const WORDS = [() => 'postern_one', () => 'postern_two'] as const;

/** How resources of Alibaba Cloud are carried out. `wings`: those of its gateways. */
export function actsWith(wings: Readonly<Record<string, Act>>): ActsOfCloud {
  return {
    acts: {
      ...networkActs,
      ...internetActs,
      ...securityGroupActs,
      ...instanceActs,
      ...balancerActs,
      ...serverActs,
      ...dataSourceActs,
      ...wings,
    },
    inert: [
      /^alicloud_(?:log|sls|cms|ram|kms|resource_manager|tag|actiontrail)_/,
      /^alicloud_(?:key_pair|ecs_key_pair)/,
      /^alicloud_api_gateway_(?:log_config|model)$/,
    ],
    forms: [
      [/vpc_id$/, ALIBABA.network.form],
      [/vswitch_ids?$/, ALIBABA.subnet.form],
      [/security_groups?(?:_id)?$/, ALIBABA.group.form],
      [/route_table_id$/, ALIBABA.table.form],
      [/load_balancer_id$/, ALIBABA.balancer.form],
      [/^server_group_id$/, ALIBABA.serverGroup.form],
      [/^server_ids?$/, ALIBABA.machine.form],
      [/^group_id$/, ALIBABA.apiGroup.form],
      [/^gateway_id$/, ALIBABA.gateway.form],
      [/^service_id$/, ALIBABA.service.form],
      [/^http_api_id$/, ALIBABA.httpApi.form],
    ],
    standIns: {
      description: WORDS,
      vpc_name: WORDS,
      vswitch_name: WORDS,
      security_group_name: WORDS,
      instance_name: WORDS,
    },
    ids: /(?<![a-z])[a-z]+-[0-9a-z]{8,}\b|\b[0-9a-f]{32}\b/g,
    missing: /NotFound|NotExist|does not exist|is not found|Cannot find/i,
    remedies: [
      [/InvalidZoneId/, 'Write a zone of the region.'],
      [
        /Cidr(?:Block)?\.?\w{0,40}(?:Overlap|Conflict|Malformed)|InvalidVSwitchCidr|overlap/i,
        'Give it a block of its own, within that of its VPC.',
      ],
      [/NotFoundVpc/, 'Write the name of an authorization that exists before it, by a reference.'],
      [/Duplicate\w{0,40}Name|NameDuplicated|Duplicated/, 'Give one of the two another name.'],
      [/DuplicateRequestPath/, 'Remove one of the two, or give it another path.'],
      [/DuplicateVpcAccess/, 'Remove one of the two, and name the other one in APIs.'],
      [/Quota|ExceedLimit|OverLimit|TooMany/, 'Ask for a higher quota, or create fewer.'],
      [/DependencyViolation|InUse|RspoolVipExist|ExistBinding/, 'Remove what uses it in the same plan, or keep it.'],
      [/DeletionProtection|DeleteProtection/, 'Switch its protection off in an apply before this one.'],
      [/PrivateIpAddress|InvalidPrivateIp/, 'Give it another address, which is free in its vSwitch.'],
      [/not support the network type|InSameVpc|Mismatch/, 'Name what is in the same VPC.'],
    ],
  };
}
