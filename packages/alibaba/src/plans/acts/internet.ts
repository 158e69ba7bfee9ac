import { isSet, linked, resource, single, word, type Act } from '@postern/core/internal/overlay';
import { nameOf, notCarried, unnoticed } from './calls.js';

/** What it takes until a NAT gateway is available. */
const NAT_MS = 120_000;

const address = resource('Vpc.AllocateEipAddress', 'AllocationId', 'Vpc.ReleaseEipAddress', {
  gives: ['ip_address'],
  input: (_, values) => ({ Name: nameOf(values, 'address_name') }),
  outputs: ({ EipAddress }) => ({ ip_address: EipAddress }),
  update: unnoticed,
});

/** NAT gateways and elastic IP addresses, as far as calls to the internet need them. */
export const internetActs: Readonly<Record<string, Act>> = {
  alicloud_nat_gateway: {
    gives: ['snat_table_ids', 'forward_table_ids'],
    operation: 'Vpc.CreateNatGateway',
    input: (_, values) => ({
      VpcId: single(values['vpc_id']),
      VSwitchId: word(values['vswitch_id']) ?? notCarried('a NAT gateway without a vSwitch'),
      Name: nameOf(values, 'nat_gateway_name'),
      NetworkType: word(values['network_type']),
    }),
    outputs: ({ NatGatewayId, SnatTableIds, ForwardTableIds }) => ({
      id: NatGatewayId,
      snat_table_ids: SnatTableIds.SnatTableId.join(),
      forward_table_ids: ForwardTableIds.ForwardTableId.join(),
    }),
    update: unnoticed,
    remove: (before, caller) =>
      void caller.call('Vpc.DeleteNatGateway', { NatGatewayId: before['id'], Force: isSet(before['force']) }),
    readyMs: NAT_MS,
  },
  alicloud_eip: address,
  alicloud_eip_address: address,
  alicloud_eip_association: linked('Vpc.AssociateEipAddress', 'Vpc.UnassociateEipAddress', {
    names: { InstanceType: '-' },
    update: unnoticed,
  }),
  alicloud_snat_entry: linked('Vpc.CreateSnatEntry', 'Vpc.DeleteSnatEntry', {
    gives: ['snat_entry_id'],
    refersBy: ['snat_ip'],
    outputs: ({ SnatEntryId }, { SnatTableId }) => ({
      id: `${String(SnatTableId)}:${String(SnatEntryId)}`,
      snat_entry_id: SnatEntryId,
    }),
    owners: ['snat_table_id'],
  }),
};
