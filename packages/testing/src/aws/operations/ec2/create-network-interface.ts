import type { CreateNetworkInterfaceRequest, CreateNetworkInterfaceResult } from '@aws-sdk/client-ec2';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';
import { interfaceView } from '../../ec2/network-interface/interface-view.js';
import { newInterface } from '../../ec2/network-interface/new-interface.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterface.html */
export const createNetworkInterface = ec2Operation({
  name: 'CreateNetworkInterface',
  kind: 'write',
  run: (call, input: CreateNetworkInterfaceRequest): CreateNetworkInterfaceResult => {
    refuse(input, ['Ipv4Prefixes', 'Ipv4PrefixCount', 'Ipv6Prefixes', 'Ipv6PrefixCount', 'EnablePrimaryIpv6']);
    refuse(input, ['ConnectionTrackingSpecification', 'Operator']);
    const { ec2 } = call.state;
    const row = oncePerToken(
      call,
      'CreateNetworkInterface',
      input,
      (id) => ec2.interfaces.get(id),
      () => newInterface(call, input),
    );
    return { NetworkInterface: interfaceView(call, row), ClientToken: input.ClientToken };
  },
});
