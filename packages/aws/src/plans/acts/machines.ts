import {
  amount,
  blocks,
  ifResolved,
  isChanged,
  isSet,
  listChange,
  removes,
  several,
  updatedValues,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
} from '@postern/core/internal/overlay';
import { isOpen, listed, nameOf } from './calls.js';

/** What a machine runs changes nothing that calls notice. */
const ANY_IMAGE = 'ami-0123456789abcdef0';

/** The launch template that a block names. A version that is open is the latest one. */
export function templateOf(block: ActValues): object {
  const id = word(block['id']) ?? word(block['launch_template_id']);
  const name = word(block['name']) ?? word(block['launch_template_name']);
  return {
    LaunchTemplateId: id,
    LaunchTemplateName: id === undefined ? name : undefined,
    Version: isOpen(block['version']) ? '$Latest' : (word(block['version']) ?? '$Default'),
  };
}

/** Of a text provider 5 has the hash alone; and what is compressed is not read. */
const UNREAD = /^[0-9a-f]{40}$|^H4sI/;

/**
 * What a machine runs when it starts: it says to which cluster of ECS it belongs. What is not in base64 is encoded, as the provider does.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/ec2_instance.go (`Base64EncodeOnce`)
 */
function userDataOf(values: ActValues): string | undefined {
  const text = scripts(values).find((one) => one !== undefined && one !== '');
  if (text === undefined || isUnread(values)) return undefined;
  if (/^[A-Za-z0-9+/\s]+={0,2}$/.test(text.trimEnd())) return text;

  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}

/** Undefined where there is none, empty where it is open. */
function scripts(values: ActValues): readonly (string | undefined)[] {
  const given = [values['user_data'], values['user_data_base64']];
  return given.map((one) => (isOpen(one) ? '' : word(one)));
}

/** Which cluster the machine joins is not known, if it joins one. */
function isUnread(values: ActValues): boolean {
  return scripts(values).some((one) => one === '' || (one !== undefined && UNREAD.test(one)));
}

function interfacesOf(values: ActValues): object | undefined {
  const [primary] = [...blocks(values['primary_network_interface']), ...blocks(values['network_interface'])];
  if (primary === undefined) return undefined;

  return { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: word(primary['network_interface_id']) }] };
}

const placed = (values: ActValues): object => ({
  SubnetId: word(values['subnet_id']),
  SecurityGroupIds: listed(values['vpc_security_group_ids']),
  PrivateIpAddress: word(values['private_ip']),
});

const instance: Act = {
  isOutside: isUnread,
  gives: ['private_ip', 'primary_network_interface_id', 'availability_zone'],
  create: (values, caller) => {
    const [template] = blocks(values['launch_template']);
    const type = word(values['instance_type']) ?? (template === undefined ? 't3.micro' : undefined);
    const [machine] = caller.call('ec2.RunInstances', {
      MinCount: 1,
      MaxCount: 1,
      ImageId: ANY_IMAGE,
      InstanceType: type,
      LaunchTemplate: template && templateOf(template),
      UserData: userDataOf(values),
      ...(interfacesOf(values) ?? placed(values)),
    }).Instances;
    if (forwards(values)) caller.call('ec2.ModifyInstanceAttribute', { InstanceId: machine.InstanceId, ...FORWARDS });
    return {
      id: machine.InstanceId,
      private_ip: machine.PrivateIpAddress,
      private_dns: machine.PrivateDnsName,
      subnet_id: machine.SubnetId,
      availability_zone: machine.Placement?.AvailabilityZone,
      primary_network_interface_id: machine.NetworkInterfaces?.[0]?.NetworkInterfaceId,
      vpc_security_group_ids: machine.SecurityGroups?.map(({ GroupId }: Answer) => GroupId),
    };
  },
  readyMs: 60_000,
  update: async (before, values, caller) => {
    const InstanceId = before['id'];
    if (isChanged(before, values, 'vpc_security_group_ids')) {
      const Groups = several(values['vpc_security_group_ids']);
      const primary = word(before['primary_network_interface_id']);
      if (primary === undefined) caller.call('ec2.ModifyInstanceAttribute', { InstanceId, Groups });
      else caller.call('ec2.ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: primary, Groups });
    }
    if (isChanged(before, values, 'source_dest_check')) {
      const SourceDestCheck = { Value: isSet(values['source_dest_check']) };
      caller.call('ec2.ModifyInstanceAttribute', { InstanceId, SourceDestCheck });
    }
    if (!isChanged(before, values, 'instance_type')) return;

    caller.call('ec2.StopInstances', { InstanceIds: [InstanceId] });
    await caller.wait(120_000);
    caller.call('ec2.ModifyInstanceAttribute', { InstanceId, InstanceType: { Value: word(values['instance_type']) } });
    caller.call('ec2.StartInstances', { InstanceIds: [InstanceId] });
    await caller.wait(120_000);
  },
  remove: (before, caller) => caller.call('ec2.TerminateInstances', { InstanceIds: [before['id']] }),
  goneMs: 120_000,
};

/** It takes packets for other addresses: the provider switches the check off behind the creation. */
const FORWARDS = { SourceDestCheck: { Value: false } };

function forwards(values: ActValues): boolean {
  return String(ifResolved(values['source_dest_check']) ?? true) === 'false';
}

function addressesOf(values: ActValues): object {
  const all = listed(values['private_ips']);
  const PrivateIpAddresses = all?.map((one, at) => ({ PrivateIpAddress: one, Primary: at === 0 }));
  return { PrivateIpAddresses, PrivateIpAddress: all === undefined ? word(values['private_ip']) : undefined };
}

function updateInterface(before: ActValues, values: ActValues, caller: Caller): void {
  const NetworkInterfaceId = before['id'];
  const modify = (change: object): void =>
    caller.call('ec2.ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...change });
  if (isChanged(before, values, 'security_groups')) modify({ Groups: several(values['security_groups']) });
  if (isChanged(before, values, 'source_dest_check'))
    modify({ SourceDestCheck: { Value: isSet(values['source_dest_check']) } });
  const [removed = [], added = []] = listChange(before, values, 'private_ips');
  if (removed.length > 0)
    caller.call('ec2.UnassignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddresses: removed });
  if (added.length > 0) caller.call('ec2.AssignPrivateIpAddresses', { NetworkInterfaceId, PrivateIpAddresses: added });
}

/** The groups of an interface after a change. */
function setGroups(id: unknown, groups: (former: readonly unknown[]) => readonly unknown[], caller: Caller): void {
  const [shown] = caller.call('ec2.DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] }).NetworkInterfaces;
  const former = shown.Groups.map(({ GroupId }: Answer) => GroupId);
  caller.call('ec2.ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: id, Groups: groups(former) });
}

const MOST_VERSIONS = 200;
const TEMPLATE_ONLY = [
  'instance_type',
  'user_data',
  'vpc_security_group_ids',
  'network_interfaces',
  'instance_requirements',
];

function templateData(values: ActValues): object {
  const interfaces = blocks(values['network_interfaces']).map((one, at) => ({
    DeviceIndex: amount(one['device_index']) ?? at,
    Groups: listed(one['security_groups']),
    SubnetId: word(one['subnet_id']),
    PrivateIpAddress: word(one['private_ip_address']),
  }));
  return {
    ImageId: ANY_IMAGE,
    InstanceType: word(values['instance_type']) ?? 't3.micro',
    UserData: userDataOf(values),
    SecurityGroupIds: listed(values['vpc_security_group_ids']),
    NetworkInterfaces: interfaces.length > 0 ? interfaces : undefined,
  };
}

/** Instances, their interfaces and launch templates. */
export const machineActs: Readonly<Record<string, Act>> = {
  aws_instance: instance,
  aws_network_interface: {
    isOutside: () => true,
    gives: ['private_ip', 'private_ips'],
    create: (values, caller) => {
      const { NetworkInterface: made } = caller.call('ec2.CreateNetworkInterface', {
        SubnetId: word(values['subnet_id']),
        Groups: listed(values['security_groups']),
        ...addressesOf(values),
      });
      const { NetworkInterfaceId } = made;
      if (forwards(values)) caller.call('ec2.ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, ...FORWARDS });
      return {
        id: made.NetworkInterfaceId,
        private_ip: made.PrivateIpAddress,
        private_ips: made.PrivateIpAddresses?.map(({ PrivateIpAddress }: Answer) => PrivateIpAddress),
        security_groups: made.Groups?.map(({ GroupId }: Answer) => GroupId),
      };
    },
    update: updateInterface,
    remove: removes('ec2.DeleteNetworkInterface', 'NetworkInterfaceId'),
  },
  aws_network_interface_sg_attachment: {
    create: (values, caller) => {
      const [group, id] = [word(values['security_group_id']), word(values['network_interface_id'])];
      setGroups(id, (former) => [...former, group], caller);
      return { id: `${group}_${id}` };
    },
    remove: (before, caller) =>
      setGroups(
        before['network_interface_id'],
        (former) => former.filter((one) => one !== before['security_group_id']),
        caller,
      ),
    owners: ['network_interface_id'],
  },
  aws_launch_template: {
    isOutside: isUnread,
    gives: ['latest_version', 'default_version', 'name'],
    create: (values, caller) => {
      const { LaunchTemplate: made } = caller.call('ec2.CreateLaunchTemplate', {
        LaunchTemplateName: nameOf(values, caller),
        LaunchTemplateData: templateData(values),
      });
      return { id: made.LaunchTemplateId, name: made.LaunchTemplateName, latest_version: 1, default_version: 1 };
    },
    // One that exists has the versions that the state names.
    after: ({ latest_version: latest, default_version: byDefault, ...values }, { name }, caller) => {
      const count = Math.min(amount(ifResolved(latest)) ?? 1, MOST_VERSIONS);
      const input = { LaunchTemplateName: name, LaunchTemplateData: templateData(values) };
      for (let at = 1; at < count; at += 1) caller.call('ec2.CreateLaunchTemplateVersion', input);
      const DefaultVersion = word(ifResolved(byDefault));
      if (count > 1 && DefaultVersion !== undefined)
        caller.call('ec2.ModifyLaunchTemplate', { LaunchTemplateName: name, DefaultVersion });
    },
    update: (before, values, caller) => {
      const LaunchTemplateName = before['name'];
      const isNew = TEMPLATE_ONLY.some((name) => isChanged(before, values, name));
      const version = isNew
        ? caller.call('ec2.CreateLaunchTemplateVersion', {
            LaunchTemplateName,
            LaunchTemplateData: templateData(updatedValues(before, values)),
          }).LaunchTemplateVersion.VersionNumber
        : undefined;
      if (version === undefined || !isSet(values['update_default_version'])) return { latest_version: version };

      caller.call('ec2.ModifyLaunchTemplate', { LaunchTemplateName, DefaultVersion: String(version) });
      return { latest_version: version, default_version: version };
    },
    remove: (before, caller) => void caller.call('ec2.DeleteLaunchTemplate', { LaunchTemplateName: before['name'] }),
    isUnseen: true,
  },
};
