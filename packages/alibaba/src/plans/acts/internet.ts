import { isSet, single, word, type Act } from '@postern/core/overlay';
import { nameOf, notCarried, removes, unnoticed } from './calls.js';

/** What it takes until a NAT gateway is available. */
const NAT_MS = 120_000;

const address: Act = {
  gives: ['ip_address'],
  create: (values, caller) => {
    const { AllocationId, EipAddress } = caller.call('Vpc.AllocateEipAddress', {
      Name: nameOf(values, 'address_name'),
    });
    return { id: AllocationId, ip_address: EipAddress };
  },
  update: unnoticed,
  remove: removes('Vpc.ReleaseEipAddress', 'AllocationId'),
};

/** NAT gateways and elastic IP addresses, as far as calls to the internet need them. */
export const internetActs: Readonly<Record<string, Act>> = {
  alicloud_nat_gateway: {
    gives: ['snat_table_ids', 'forward_table_ids'],
    create: (values, caller) => {
      const VSwitchId = word(values['vswitch_id']) ?? notCarried('a NAT gateway without a vSwitch');
      const { NatGatewayId, SnatTableIds, ForwardTableIds } = caller.call('Vpc.CreateNatGateway', {
        VpcId: single(values['vpc_id']),
        VSwitchId,
        Name: nameOf(values, 'nat_gateway_name'),
        NetworkType: word(values['network_type']),
      });
      return {
        id: NatGatewayId,
        snat_table_ids: SnatTableIds.SnatTableId.join(),
        forward_table_ids: ForwardTableIds.ForwardTableId.join(),
      };
    },
    update: unnoticed,
    remove: (before, caller) =>
      void caller.call('Vpc.DeleteNatGateway', { NatGatewayId: before['id'], Force: isSet(before['force']) }),
    readyMs: NAT_MS,
  },
  alicloud_eip: address,
  alicloud_eip_address: address,
  alicloud_eip_association: {
    operation: 'Vpc.AssociateEipAddress',
    names: { InstanceType: '-' },
    outputs: (_, { AllocationId, InstanceId }) => ({ id: `${String(AllocationId)}:${String(InstanceId)}` }),
    update: unnoticed,
    remove: ({ allocation_id: AllocationId, instance_id: InstanceId }, caller) =>
      void caller.call('Vpc.UnassociateEipAddress', { AllocationId, InstanceId }),
  },
  alicloud_snat_entry: {
    operation: 'Vpc.CreateSnatEntry',
    gives: ['snat_entry_id'],
    outputs: ({ SnatEntryId }, { SnatTableId }) => ({
      id: `${String(SnatTableId)}:${String(SnatEntryId)}`,
      snat_entry_id: SnatEntryId,
    }),
    remove: ({ snat_table_id: SnatTableId, snat_entry_id: SnatEntryId }, caller) =>
      void caller.call('Vpc.DeleteSnatEntry', { SnatTableId, SnatEntryId }),
    owners: ['snat_table_id'],
  },
};
