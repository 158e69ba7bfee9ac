import { invalidMember, missingParameter, need, hasDependencies } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { getRow, needRow, ID } from '../request/ids.js';
import { tagsFrom, tagList } from '../request/tags.js';
import type { DhcpOptionsRow } from '../state.js';
import type { DhcpOptions } from '@aws-sdk/client-ec2';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html */
const KEYS: readonly string[] = [
  'domain-name-servers',
  'domain-name',
  'ntp-servers',
  'netbios-name-servers',
  'netbios-node-type',
  'ipv6-address-preferred-lease-time',
];

/** Sets of DHCP options. */
export const dhcpOptionsOperations = family({
  CreateDhcpOptions(call, input) {
    const configurations = need(input.DhcpConfigurations, 'dhcpConfiguration').map(({ Key, Values }) => {
      const key = need(Key, 'dhcpConfiguration.key');
      if (!KEYS.includes(key)) throw invalidMember('dhcpConfiguration.key', key, 'Unknown DHCP option.');
      if (Values === undefined || Values.length === 0) throw missingParameter('dhcpConfiguration.value');

      return { Key: key, Values: Values.map((Value) => ({ Value })) };
    });
    if (configurations.length === 0) throw missingParameter('dhcpConfiguration');

    const row: DhcpOptionsRow = {
      id: call.id('dopt-'),
      fields: { OwnerId: call.account, DhcpConfigurations: configurations },
      tags: tagsFrom(input.TagSpecifications, 'dhcp-options'),
    };
    call.state.ec2.dhcpOptions.set(row.id, row);
    return { DhcpOptions: dhcpOptionsView(row) };
  },

  DeleteDhcpOptions({ state: { ec2 } }, input) {
    const { id } = needRow(ec2, ID.dhcpOptions, input.DhcpOptionsId);
    if ([...ec2.vpcs.values()].some((vpc) => vpc.dhcpOptionsId === id)) throw hasDependencies('dhcpOptions', id);

    ec2.dhcpOptions.delete(id);
    return {};
  },

  /** Assigns a set of DHCP options to a VPC; `default` means none. */
  AssociateDhcpOptions({ state: { ec2 } }, input) {
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const id = need(input.DhcpOptionsId, 'dhcpOptionsId');
    vpc.dhcpOptionsId = id === 'default' ? id : getRow(ec2, ID.dhcpOptions, id).id;
    return {};
  },

  DescribeDhcpOptions: listing({
    of: ID.dhcpOptions,
    as: 'DhcpOptions',
    view: dhcpOptionsView,
    filters: 'dhcp-options-id key=dhcp-configurations.key value=dhcp-configurations.values.value owner-id',
  }),
});

/** A set of DHCP options as the API shows it. */
function dhcpOptionsView({ id, fields, tags }: DhcpOptionsRow): DhcpOptions {
  return { DhcpOptionsId: id, ...fields, Tags: tagList(tags) };
}
