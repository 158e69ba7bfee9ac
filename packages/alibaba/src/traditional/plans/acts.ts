import {
  amount,
  blocks,
  isChanged,
  isSet,
  linked,
  removes,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';
import { jsonOf, unnoticed } from '../../plans/acts/calls.js';
import { apiActs } from './api-acts.js';

/** What an instance takes until it is running, or as it is to be [M]: Terraform's provider waits for it. */
const INSTANCE_MS = 900_000;
const MODIFIED_MS = 60_000;

const MODIFY = 'CloudAPI.ModifyInstanceAttribute';

function placesOf(values: ActValues): readonly Input[] {
  return blocks(values['zone_vswitch_security_group']).map((one) => ({
    ZoneId: word(one['zone_id']),
    VSwitchId: word(one['vswitch_id']),
    CidrBlock: word(one['cidr_block']),
    SecurityGroupId: word(one['security_group']),
  }));
}

/** Blocks that an instance may reach besides those of its vSwitches. */
async function changeBlocks(InstanceId: unknown, before: ActValues, values: ActValues, caller: Caller): Promise<void> {
  const gone = word(values['delete_vpc_ip_block']);
  const added = isChanged(before, values, 'to_connect_vpc_ip_block') ? blocks(values['to_connect_vpc_ip_block']) : [];
  const blocksOf = added.map((one) => ({
    CidrBlock: word(one['cidr_block']),
    Customized: isSet(one['customized']),
    ZoneId: word(one['zone_id']),
    VSwitchId: word(one['vswitch_id']),
  }));
  for (const ToConnectVpcIpBlock of blocksOf) {
    caller.call(MODIFY, { InstanceId, ToConnectVpcIpBlock });
    await caller.wait(MODIFIED_MS);
  }
  if (gone === undefined || !isChanged(before, values, 'delete_vpc_ip_block')) return;

  caller.call(MODIFY, { InstanceId, DeleteVpcIpBlock: gone });
  await caller.wait(MODIFIED_MS);
}

const authority = (values: ActValues): Input => ({
  GroupId: word(values['group_id']),
  ApiId: word(values['api_id']),
  StageName: word(values['stage_name']),
  AppIds: word(values['app_id']),
});

const attachment = (values: ActValues): Input => ({
  PluginId: word(values['plugin_id']),
  GroupId: word(values['group_id']),
  ApiId: word(values['api_id']),
  StageName: word(values['stage_name']),
});

/** What one action changes as a whole. */
const modified = (kind: string): Act =>
  resource(`CloudAPI.Create${kind}`, `${kind}Id`, `CloudAPI.Delete${kind}`, {
    update: (before, values, caller) => {
      const input = caller.fill(`CloudAPI.Modify${kind}`, values);
      caller.call(`CloudAPI.Modify${kind}`, { ...input, [`${kind}Id`]: before['id'] });
    },
  });

/** What is attached by one action and detached by another one. */
function attached(attach: string, detach: string, inputOf: (values: ActValues) => Input): Act {
  return {
    create: (values, caller) => {
      const input = inputOf(values);
      caller.call(`CloudAPI.${attach}`, input);
      return { id: Object.values(input).join(':') };
    },
    update: unnoticed,
    remove: (before, caller) => void caller.call(`CloudAPI.${detach}`, inputOf(before)),
    owners: ['group_id'],
  };
}

const INTRANET = 'CloudAPI.ModifyIntranetDomainPolicy';

/** Instances, groups, authorizations, apps and plugins of API Gateway (Traditional). */
export const traditionalActs: Readonly<Record<string, Act>> = {
  alicloud_api_gateway_instance: {
    gives: ['connect_cidr_blocks'],
    create: async (values, caller) => {
      const { InstanceId: id } = caller.call('CloudAPI.CreateInstance', {
        InstanceName: word(values['instance_name']),
        InstanceSpec: word(values['instance_spec']),
        HttpsPolicy: word(values['https_policy']),
        InstanceType: word(values['instance_type']),
        InstanceCidr: word(values['instance_cidr']),
        UserVpcId: word(values['user_vpc_id']),
        ZoneId: word(values['zone_id']),
        ...(placesOf(values).length > 0 && { ZoneVSwitchSecurityGroup: placesOf(values) }),
        ...(word(values['payment_type']) === 'Subscription'
          ? {
              ChargeType: 'PrePaid',
              Duration: amount(values['duration']),
              PricingCycle: word(values['pricing_cycle']),
              AutoPay: true,
            }
          : { ChargeType: 'PostPaid' }),
        Token: caller.unique('plan'),
      });
      await caller.wait(INSTANCE_MS);
      await changeBlocks(id, {}, values, caller);
      return { id };
    },
    update: (before, values, caller) => changeBlocks(before['id'], before, values, caller),
    remove: removes('CloudAPI.DeleteInstance', 'InstanceId'),
    goneMs: INSTANCE_MS,
    readyMs: INSTANCE_MS,
  },
  alicloud_api_gateway_group: resource('CloudAPI.CreateApiGroup', 'GroupId', 'CloudAPI.DeleteApiGroup', {
    names: { GroupName: 'name' },
    gives: ['sub_domain', 'vpc_domain'],
    outputs: ({ SubDomain }) => ({ sub_domain: SubDomain }),
    after: (values, { id }, caller) => {
      if (isSet(values['vpc_intranet_enable'])) caller.call(INTRANET, { GroupId: id, VpcIntranetEnable: true });
    },
    update: (before, values, caller) => {
      const GroupId = before['id'];
      if (isChanged(before, values, 'name', 'description', 'base_path'))
        caller.call('CloudAPI.ModifyApiGroup', {
          ...caller.fill('CloudAPI.ModifyApiGroup', values, { GroupName: 'name', UserLogConfig: '-' }),
          GroupId,
        });
      if (isChanged(before, values, 'vpc_intranet_enable'))
        caller.call(INTRANET, { GroupId, VpcIntranetEnable: isSet(values['vpc_intranet_enable']) });
    },
  }),
  // A private address can be authorized again once the authorization is gone.
  alicloud_api_gateway_vpc_access: linked('CloudAPI.SetVpcAccess', 'CloudAPI.RemoveVpcAccess'),
  ...apiActs,
  alicloud_api_gateway_domain: attached('SetDomain', 'DeleteDomain', (values) => ({
    GroupId: word(values['group_id']),
    DomainName: word(values['domain_name']),
  })),
  alicloud_api_gateway_app: {
    operation: 'CloudAPI.CreateApp',
    names: { AppName: 'name', AppKey: '-', AppSecret: '-', AppCode: '-' },
    outputs: ({ AppId }) => ({ id: String(AppId) }),
    update: unnoticed,
    remove: (before, caller) => void caller.call('CloudAPI.DeleteApp', { AppId: Number(before['id']) }),
  },
  alicloud_api_gateway_app_attachment: attached('SetAppsAuthorities', 'RemoveAppsAuthorities', authority),
  alicloud_api_gateway_backend: modified('Backend'),
  alicloud_api_gateway_plugin: modified('Plugin'),
  alicloud_api_gateway_plugin_attachment: attached('AttachPlugin', 'DetachPlugin', attachment),
  alicloud_api_gateway_group_plugin_attachment: attached('AttachGroupPlugin', 'DetachGroupPlugin', attachment),
  alicloud_api_gateway_access_control_list: resource(
    'CloudAPI.CreateAccessControlList',
    'AclId',
    'CloudAPI.DeleteAccessControlList',
    { names: { AclName: 'access_control_list_name' } },
  ),
  alicloud_api_gateway_acl_entry_attachment: attached(
    'AddAccessControlListEntry',
    'RemoveAccessControlListEntry',
    (values) => ({
      AclId: word(values['acl_id']),
      AclEntrys: jsonOf([{ entry: word(values['entry']), comment: word(values['comment']) ?? '' }]),
    }),
  ),
};
