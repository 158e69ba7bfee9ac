import { blocks, isChanged, isSame, several, word, type Act, type ActValues, type Caller } from '@postern/core/overlay';
import { onChange, removes, without } from './calls.js';

const ENDPOINT_LISTS = {
  SubnetIds: 'subnet_ids',
  SecurityGroupIds: 'security_group_ids',
  RouteTableIds: 'route_table_ids',
};
const ENDPOINT_NAMES = { PolicyDocument: 'policy', SubnetConfigurations: 'subnet_configuration' };

const CHANGED = ['policy', 'private_dns_enabled', 'ip_address_type', 'dns_options'];

function updateEndpoint(before: ActValues, values: ActValues, caller: Caller): void {
  const lists = Object.entries(ENDPOINT_LISTS).flatMap(([member, attribute]) => {
    if (!isChanged(before, values, attribute)) return [];

    const [were, are] = [several(before[attribute]), several(values[attribute])];
    return [
      [`Add${member}`, without(are, were)],
      [`Remove${member}`, without(were, are)],
    ] as const;
  });
  const attributes = CHANGED.filter((name) => isChanged(before, values, name)).map((name) => [name, values[name]]);
  caller.call('ec2.ModifyVpcEndpoint', {
    ...caller.fill('ec2.ModifyVpcEndpoint', Object.fromEntries(attributes), ENDPOINT_NAMES),
    ...Object.fromEntries(lists.filter(([, ids]) => ids.length > 0)),
    VpcEndpointId: before['id'],
  });
}

function versionOf(list: unknown, caller: Caller): unknown {
  return caller.call('ec2.DescribeManagedPrefixLists', { PrefixListIds: [list] }).PrefixLists[0]?.Version;
}

const entry = (values: ActValues, caller: Caller): unknown =>
  caller.fill('ec2.ModifyManagedPrefixList', { add_entries: [values] })['AddEntries'];

function modifyList(list: unknown, change: object, caller: Caller): Promise<void> {
  caller.call('ec2.ModifyManagedPrefixList', {
    PrefixListId: list,
    CurrentVersion: versionOf(list, caller),
    ...change,
  });
  return caller.wait(10_000);
}

async function updateList(before: ActValues, values: ActValues, caller: Caller): Promise<void> {
  const list = before['id'];
  if (isChanged(before, values, 'max_entries')) {
    caller.call('ec2.ModifyManagedPrefixList', {
      ...caller.fill('ec2.ModifyManagedPrefixList', { max_entries: values['max_entries'] }),
      PrefixListId: list,
    });
    await caller.wait(10_000);
  }
  if (!isChanged(before, values, 'entry')) return;

  const [were, are] = [blocks(before['entry']), blocks(values['entry'])];
  const lacking = (all: readonly ActValues[], others: readonly ActValues[]) =>
    all.filter((one) => !others.some((other) => isSame(one['cidr'], other['cidr'])));
  const [added, removed] = [lacking(are, were), lacking(were, are)];
  await modifyList(
    list,
    {
      ...(added.length > 0 && { AddEntries: added.flatMap((one) => entry(one, caller)) }),
      ...(removed.length > 0 && { RemoveEntries: removed.map(({ cidr }) => ({ Cidr: cidr })) }),
    },
    caller,
  );
}

/** VPC endpoints, endpoint services and prefix lists. */
export const endpointActs: Readonly<Record<string, Act>> = {
  aws_vpc_endpoint: {
    operation: 'ec2.CreateVpcEndpoint',
    names: ENDPOINT_NAMES,
    optional: ['IpAddressType', 'DnsOptions', 'PolicyDocument'],
    outputs: (answer) => ({ id: answer.VpcEndpoint.VpcEndpointId, state: answer.VpcEndpoint.State }),
    readyMs: 200_000,
    update: onChange([...Object.values(ENDPOINT_LISTS), ...CHANGED], updateEndpoint),
    remove: (before, caller) => {
      caller.call('ec2.DeleteVpcEndpoints', { VpcEndpointIds: [before['id']] });
      return caller.wait(300_000);
    },
  },
  aws_vpc_endpoint_service: {
    operation: 'ec2.CreateVpcEndpointServiceConfiguration',
    outputs: ({ ServiceConfiguration }) => ({
      id: ServiceConfiguration.ServiceId,
      service_name: ServiceConfiguration.ServiceName,
    }),
    gives: ['service_name'],
    remove: (before, caller) =>
      void caller.call('ec2.DeleteVpcEndpointServiceConfigurations', { ServiceIds: [before['id']] }),
    isUnseen: true,
  },
  aws_ec2_managed_prefix_list: {
    operation: 'ec2.CreateManagedPrefixList',
    names: { PrefixListName: 'name', Entries: 'entry' },
    outputs: (answer) => ({ id: answer.PrefixList.PrefixListId, arn: answer.PrefixList.PrefixListArn }),
    readyMs: 10_000,
    update: updateList,
    remove: removes('ec2.DeleteManagedPrefixList', 'PrefixListId'),
  },
  aws_ec2_managed_prefix_list_entry: {
    create: async (values, caller) => {
      const list = word(values['prefix_list_id']);
      await modifyList(list, { AddEntries: entry(values, caller) }, caller);
      return { id: `${list},${word(values['cidr'])}` };
    },
    remove: (before, caller) =>
      modifyList(before['prefix_list_id'], { RemoveEntries: [{ Cidr: before['cidr'] }] }, caller),
    owners: ['prefix_list_id'],
  },
};
