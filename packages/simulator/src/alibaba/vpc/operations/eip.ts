import { AlibabaError } from '../../operation/operation.js';
import type { AlibabaRegionState } from '../../state/alibaba-state.js';
import { UNBOUND } from './nat-gateway.js';
import { vpcFamily, newId, seconds, clientToken } from '../request/text-rules.js';
import type { EipRow } from '../state.js';
import { admits, numberedList, neededText, text, action } from '../../operation/family.js';

/** @throws {AlibabaError} `InvalidAllocationId.NotFound` */
function getEip({ network }: AlibabaRegionState, id: string): EipRow {
  const row = network.eips.get(id);
  if (!row) throw new AlibabaError('InvalidAllocationId.NotFound', 'Specified allocation ID is not found.', 404);

  return row;
}

/** Elastic IP addresses, as far as NAT gateways need them. */
export const eipActions = vpcFamily({
  AllocateEipAddress: {
    parameters: {
      Name: text,
      Description: text,
      Bandwidth: text,
      InternetChargeType: text,
      InstanceChargeType: text,
      ISP: text,
      ClientToken: clientToken,
    },
    run(call, { Name = '' }) {
      const octet = (): number => 1 + Math.floor(call.random() * 254);
      const AllocationId = newId(call, 'eip');
      const IpAddress = `121.${octet()}.${octet()}.${octet()}`;
      const AllocationTime = seconds(call.now);
      call.state.network.eips.set(AllocationId, { AllocationId, IpAddress, Name, ...UNBOUND, AllocationTime });
      return { AllocationId, EipAddress: IpAddress };
    },
  },

  /** Only with NAT gateways. */
  AssociateEipAddress: {
    parameters: { AllocationId: neededText, InstanceId: neededText, InstanceType: text, ClientToken: clientToken },
    run(call, { AllocationId, InstanceId }) {
      const row = getEip(call.state, AllocationId);
      if (row.Status === 'InUse')
        throw new AlibabaError('IncorrectEipStatus', 'Current elastic IP status does not support this operation.');
      if (!call.state.network.natGateways.has(InstanceId)) {
        throw new AlibabaError(
          'InvalidInstanceId.NotFound',
          'Only NAT gateways are simulated with elastic IP addresses.',
          404,
        );
      }

      call.state.network.eips.set(AllocationId, { ...row, Status: 'InUse', InstanceId, InstanceType: 'Nat' });
      return {};
    },
  },

  UnassociateEipAddress: {
    parameters: { AllocationId: neededText, InstanceId: text, InstanceType: text, ClientToken: clientToken },
    run(call, { AllocationId }) {
      const row = getEip(call.state, AllocationId);
      call.state.network.eips.set(AllocationId, { ...row, ...UNBOUND });
      return {};
    },
  },

  ReleaseEipAddress: action({ AllocationId: neededText }, (call, { AllocationId }) => {
    const row = getEip(call.state, AllocationId);
    if (row.Status === 'InUse')
      throw new AlibabaError('IncorrectEipStatus', 'Current elastic IP status does not support this operation.');

    call.state.network.eips.delete(AllocationId);
    return {};
  }),

  DescribeEipAddresses: numberedList({
    parameters: { EipAddress: text, AssociatedInstanceId: text, AssociatedInstanceType: text },
    rows: ({ state }, { EipAddress, AssociatedInstanceId }) =>
      [...state.network.eips.values()].filter(
        (row) => admits(EipAddress, row.IpAddress) && admits(AssociatedInstanceId, row.InstanceId),
      ),
    same: ['AllocationId', 'Status'],
    as: ['EipAddresses', 'EipAddress'],
  }),
});
