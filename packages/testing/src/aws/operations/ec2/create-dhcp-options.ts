import type { CreateDhcpOptionsRequest, CreateDhcpOptionsResult } from '@aws-sdk/client-ec2';
import { dhcpOptionsView } from '../../ec2/vpc/dhcp-options-view.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, missingParameter, need } from '../../ec2/request/errors.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import type { DhcpOptionsRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html */
const KEYS: readonly string[] = [
  'domain-name-servers',
  'domain-name',
  'ntp-servers',
  'netbios-name-servers',
  'netbios-node-type',
  'ipv6-address-preferred-lease-time',
];

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html */
export const createDhcpOptions = ec2Operation({
  name: 'CreateDhcpOptions',
  kind: 'write',
  run: (call, input: CreateDhcpOptionsRequest): CreateDhcpOptionsResult => {
    const configurations = need(input.DhcpConfigurations, 'dhcpConfiguration').map(({ Key, Values }) => {
      const key = need(Key, 'dhcpConfiguration.key');
      if (!KEYS.includes(key)) throw invalidMember('dhcpConfiguration.key', key, 'Unknown DHCP option.');
      if (Values === undefined || Values.length === 0) throw missingParameter('dhcpConfiguration.value');
      return { key, values: [...Values] };
    });
    if (configurations.length === 0) throw missingParameter('dhcpConfiguration');
    const row: DhcpOptionsRow = {
      id: call.id('dopt-'),
      ownerId: call.account,
      configurations,
      tags: tagsFrom(input.TagSpecifications, 'dhcp-options'),
    };
    call.state.ec2.dhcpOptions.set(row.id, row);
    return { DhcpOptions: dhcpOptionsView(row) };
  },
});
