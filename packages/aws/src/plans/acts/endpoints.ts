import {
  blockChange,
  isChanged,
  isSet,
  listChange,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { onChange } from './calls.js';

const ENDPOINT_LISTS = {
  SubnetIds: 'subnet_ids',
  SecurityGroupIds: 'security_group_ids',
  RouteTableIds: 'route_table_ids',
};
const ENDPOINT_NAMES = { PolicyDocument: 'policy', SubnetConfigurations: 'subnet_configuration' };

const CHANGED = ['policy', 'private_dns_enabled', 'ip_address_type', 'dns_options', 'subnet_configuration'];

function updateEndpoint(before: ActValues, values: ActValues, caller: Caller): void {
  const lists = Object.entries(ENDPOINT_LISTS).flatMap(([member, attribute]) => {
    const [gone = [], added = []] = listChange(before, values, attribute);
    return [[`Add${member}`, added] as const, [`Remove${member}`, gone] as const];
  });
  const attributes = CHANGED.filter((name) => isChanged(before, values, name)).map((name) => [name, values[name]]);
  caller.call('ec2.ModifyVpcEndpoint', {
    ...caller.fill('ec2.ModifyVpcEndpoint', Object.fromEntries(attributes), ENDPOINT_NAMES),
    ...Object.fromEntries(lists.filter(([, ids]) => ids.length > 0)),
    VpcEndpointId: before['id'],
  });
}

/** The owner of a service of this account answers an endpoint: `com.amazonaws.vpce.eu-west-1.vpce-svc-0a1b`. */
function answer(verb: 'Accept' | 'Reject', service: unknown, endpoint: unknown, caller: Caller): void {
  const ServiceId = word(service)?.split('.').at(-1);
  caller.call(`ec2.${verb}VpcEndpointConnections`, { ServiceId, VpcEndpointIds: [word(endpoint)] });
}

/** What one more resource adds to an endpoint. */
function associated(member: string, attribute: string): Act {
  const modify = (verb: 'Add' | 'Remove', { vpc_endpoint_id: id, ...values }: ActValues, caller: Caller): unknown =>
    caller.call('ec2.ModifyVpcEndpoint', { VpcEndpointId: word(id), [`${verb}${member}`]: [word(values[attribute])] });
  return {
    create: (values, caller) => {
      modify('Add', values, caller);
      return { id: `${word(values['vpc_endpoint_id'])}/${word(values[attribute])}` };
    },
    remove: (before, caller) => void modify('Remove', before, caller),
    owners: ['vpc_endpoint_id'],
  };
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
  const [gone = [], added = []] = blockChange(before, values, 'entry', ({ cidr }) => cidr);
  const AddEntries = added.length > 0 ? added.flatMap((one) => entry(one, caller)) : undefined;
  const RemoveEntries = gone.length > 0 ? gone.map(({ cidr }) => ({ Cidr: cidr })) : undefined;
  if (AddEntries ?? RemoveEntries) await modifyList(list, { AddEntries, RemoveEntries }, caller);
}

/** VPC endpoints, endpoint services and prefix lists. */
export const endpointActs: Readonly<Record<string, Act>> = {
  aws_vpc_endpoint: {
    operation: 'ec2.CreateVpcEndpoint',
    names: ENDPOINT_NAMES,
    optional: ['IpAddressType', 'DnsOptions', 'PolicyDocument'],
    outputs: ({ VpcEndpoint }) => ({ id: VpcEndpoint.VpcEndpointId, state: VpcEndpoint.State }),
    after: (values, { id, state }, caller) => {
      if (isSet(values['auto_accept']) && state === 'pendingAcceptance')
        answer('Accept', values['service_name'], id, caller);
    },
    readyMs: 200_000,
    update: onChange([...Object.values(ENDPOINT_LISTS), ...CHANGED], updateEndpoint),
    remove: (before, caller) => caller.call('ec2.DeleteVpcEndpoints', { VpcEndpointIds: [before['id']] }),
    goneMs: 300_000,
  },
  aws_vpc_endpoint_subnet_association: associated('SubnetIds', 'subnet_id'),
  aws_vpc_endpoint_security_group_association: associated('SecurityGroupIds', 'security_group_id'),
  aws_vpc_endpoint_connection_accepter: {
    create: (values, caller) => {
      answer('Accept', values['vpc_endpoint_service_id'], values['vpc_endpoint_id'], caller);
      return { id: `${word(values['vpc_endpoint_service_id'])}_${word(values['vpc_endpoint_id'])}` };
    },
    remove: (before, caller) => answer('Reject', before['vpc_endpoint_service_id'], before['vpc_endpoint_id'], caller),
    owners: ['vpc_endpoint_id'],
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
  aws_ec2_managed_prefix_list: resource(
    'ec2.CreateManagedPrefixList',
    'PrefixList.PrefixListId',
    'ec2.DeleteManagedPrefixList',
    { names: { PrefixListName: 'name', Entries: 'entry' }, readyMs: 10_000, update: updateList },
  ),
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
