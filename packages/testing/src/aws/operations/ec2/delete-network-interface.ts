import type { DeleteNetworkInterfaceRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { isHeld } from '../../ec2/network-interface/interface-status.js';
import { deleteInterface } from '../../ec2/vpc/network.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkInterface.html */
export const deleteNetworkInterface = ec2Operation({
  name: 'DeleteNetworkInterface',
  kind: 'write',
  run: (call, input: DeleteNetworkInterfaceRequest): Record<string, never> => {
    const row = getRow(
      call.state.ec2.interfaces,
      need(input.NetworkInterfaceId, 'networkInterfaceId'),
      ID.networkInterface,
    );
    if (isHeld(row)) {
      throw new ServiceError('InvalidNetworkInterface.InUse', `Network interface '${row.id}' is currently in use.`);
    }
    deleteInterface(call, row.id);
    return {};
  },
});
