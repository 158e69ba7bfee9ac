import { AlibabaError } from '../../operation/operation.js';
import { page } from '../../operation/page.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import { eipView } from './nat-gateway.js';
import { vpcFamily } from '../request/family.js';
import { newId, clientToken, PAGE } from '../request/text-rules.js';
import { admits } from '../request/lists.js';
import type { EipRow } from '../state.js';
import { neededText, text } from '../../operation/parameters.js';

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
      const row = {
        id: newId(call, 'eip'),
        address: `121.${octet()}.${octet()}.${octet()}`,
        name: Name,
        natGatewayId: '',
        createdAt: call.now,
      };
      call.state.network.eips.set(row.id, row);
      return { AllocationId: row.id, EipAddress: row.address };
    },
  },

  /** Only with NAT gateways. */
  AssociateEipAddress: {
    parameters: { AllocationId: neededText, InstanceId: neededText, InstanceType: text, ClientToken: clientToken },
    run(call, { AllocationId, InstanceId }) {
      const row = getEip(call.state, AllocationId);
      if (row.natGatewayId !== '')
        throw new AlibabaError('IncorrectEipStatus', 'Current elastic IP status does not support this operation.');
      if (!call.state.network.natGateways.has(InstanceId)) {
        throw new AlibabaError(
          'InvalidInstanceId.NotFound',
          'Only NAT gateways are simulated with elastic IP addresses.',
          404,
        );
      }

      call.state.network.eips.set(row.id, { ...row, natGatewayId: InstanceId });
      return {};
    },
  },

  UnassociateEipAddress: {
    parameters: { AllocationId: neededText, InstanceId: text, InstanceType: text, ClientToken: clientToken },
    run(call, { AllocationId }) {
      const row = getEip(call.state, AllocationId);
      call.state.network.eips.set(row.id, { ...row, natGatewayId: '' });
      return {};
    },
  },

  ReleaseEipAddress: {
    parameters: { AllocationId: neededText },
    run(call, { AllocationId }) {
      const row = getEip(call.state, AllocationId);
      if (row.natGatewayId !== '')
        throw new AlibabaError('IncorrectEipStatus', 'Current elastic IP status does not support this operation.');

      call.state.network.eips.delete(row.id);
      return {};
    },
  },

  DescribeEipAddresses: {
    parameters: {
      AllocationId: text,
      EipAddress: text,
      AssociatedInstanceId: text,
      AssociatedInstanceType: text,
      Status: text,
      ...PAGE,
    },
    run(call, asked) {
      const rows = [...call.state.network.eips.values()].filter(
        (row) =>
          admits(asked.AllocationId, row.id) &&
          admits(asked.EipAddress, row.address) &&
          admits(asked.AssociatedInstanceId, row.natGatewayId) &&
          admits(asked.Status, row.natGatewayId === '' ? 'Available' : 'InUse'),
      );
      const { items, numbers } = page(rows, asked, { largest: 100 });
      return { ...numbers, EipAddresses: { EipAddress: items.map(eipView) } };
    },
  },
});
