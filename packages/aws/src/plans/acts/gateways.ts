import { isChanged, word, type Act, type ActValues, type Caller } from '@postern/core/overlay';
import { ifResolved, removes } from './calls.js';

function attachGateway(id: unknown, vpcId: string | undefined, caller: Caller): void {
  if (vpcId !== undefined) caller.call('ec2.AttachInternetGateway', { InternetGatewayId: id, VpcId: vpcId });
}

function detachGateway({ id, vpc_id: vpcId }: ActValues, caller: Caller): void {
  if (word(vpcId) !== undefined) caller.call('ec2.DetachInternetGateway', { InternetGatewayId: id, VpcId: vpcId });
}

const ASSOCIATED = { InstanceId: 'instance', NetworkInterfaceId: 'network_interface' } as const;

/** The address of a NAT gateway is open where the configuration has several: any will do. */
function addressOfNat(values: ActValues, isPrivate: boolean, caller: Caller): unknown {
  if (values['allocation_id'] === undefined || values['allocation_id'] === null) return undefined;

  const given = ifResolved(values['allocation_id']);
  if (given !== undefined || isPrivate) return given;

  caller.guess();
  return caller.call('ec2.AllocateAddress', { Domain: 'vpc' }).AllocationId;
}

/** What leads out of a VPC. */
export const gatewayActs: Readonly<Record<string, Act>> = {
  aws_internet_gateway: {
    create: (values, caller) => {
      const { InternetGatewayId: id } = caller.call('ec2.CreateInternetGateway', {}).InternetGateway;
      attachGateway(id, word(values['vpc_id']), caller);
      return { id };
    },
    update: (before, values, caller) => {
      if (!isChanged(before, values, 'vpc_id')) return;

      detachGateway(before, caller);
      attachGateway(before['id'], word(values['vpc_id']), caller);
    },
    remove: (before, caller) => {
      detachGateway(before, caller);
      caller.call('ec2.DeleteInternetGateway', { InternetGatewayId: before['id'] });
    },
  },
  aws_internet_gateway_attachment: {
    operation: 'ec2.AttachInternetGateway',
    outputs: (_answer, input) => ({ id: `${String(input['InternetGatewayId'])}:${String(input['VpcId'])}` }),
    remove: (before, caller) =>
      void caller.call('ec2.DetachInternetGateway', caller.fill('ec2.DetachInternetGateway', before)),
  },
  aws_egress_only_internet_gateway: {
    operation: 'ec2.CreateEgressOnlyInternetGateway',
    outputs: (answer) => ({ id: answer.EgressOnlyInternetGateway.EgressOnlyInternetGatewayId }),
    remove: removes('ec2.DeleteEgressOnlyInternetGateway', 'EgressOnlyInternetGatewayId'),
    isUnseen: true,
  },
  aws_eip: {
    gives: ['allocation_id', 'public_ip'],
    create: (values, caller) => {
      const { AllocationId: id, PublicIp } = caller.call('ec2.AllocateAddress', { Domain: 'vpc' });
      const holder = caller.fill('ec2.AssociateAddress', values, { ...ASSOCIATED, AllocationId: '-', PublicIp: '-' });
      const isHeld = 'InstanceId' in holder || 'NetworkInterfaceId' in holder;
      const association = isHeld ? caller.call('ec2.AssociateAddress', { ...holder, AllocationId: id }) : {};
      return { id, allocation_id: id, public_ip: PublicIp, association_id: association.AssociationId };
    },
    update: (before, values, caller) => {
      if (!isChanged(before, values, 'instance', 'network_interface')) return;

      const former = word(before['association_id']);
      if (former !== undefined) caller.call('ec2.DisassociateAddress', { AssociationId: former });
      const holder = caller.fill('ec2.AssociateAddress', values, { ...ASSOCIATED, AllocationId: '-', PublicIp: '-' });
      if ('InstanceId' in holder || 'NetworkInterfaceId' in holder)
        caller.call('ec2.AssociateAddress', { ...holder, AllocationId: before['id'] });
    },
    remove: (before, caller) => {
      const association = word(before['association_id']);
      if (association !== undefined) caller.call('ec2.DisassociateAddress', { AssociationId: association });
      caller.call('ec2.ReleaseAddress', { AllocationId: before['id'] });
    },
    isUnseen: true,
  },
  aws_eip_association: {
    operation: 'ec2.AssociateAddress',
    outputs: (answer) => ({ id: answer.AssociationId }),
    remove: removes('ec2.DisassociateAddress', 'AssociationId'),
  },
  aws_nat_gateway: {
    operation: 'ec2.CreateNatGateway',
    names: { AllocationId: '-' },
    optional: ['PrivateIpAddress'],
    input: (input, values, caller) => {
      const AllocationId = addressOfNat(values, input['ConnectivityType'] === 'private', caller);
      return AllocationId === undefined ? input : { ...input, AllocationId };
    },
    outputs: (answer) => ({ id: answer.NatGateway.NatGatewayId }),
    readyMs: 200_000,
    remove: (before, caller) => {
      caller.call('ec2.DeleteNatGateway', { NatGatewayId: before['id'] });
      return caller.wait(120_000);
    },
  },
  aws_vpn_gateway: {
    create: (values, caller) => {
      const { VpnGatewayId: id } = caller.call('ec2.CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
      const vpcId = word(values['vpc_id']);
      if (vpcId !== undefined) caller.call('ec2.AttachVpnGateway', { VpnGatewayId: id, VpcId: vpcId });
      return { id };
    },
    readyMs: 60_000,
    remove: async (before, caller) => {
      if (word(before['vpc_id']) !== undefined) {
        caller.call('ec2.DetachVpnGateway', { VpnGatewayId: before['id'], VpcId: before['vpc_id'] });
        await caller.wait(60_000);
      }
      caller.call('ec2.DeleteVpnGateway', { VpnGatewayId: before['id'] });
    },
  },
  aws_vpn_gateway_attachment: {
    operation: 'ec2.AttachVpnGateway',
    outputs: (_answer, input) => ({ id: `vpn-attachment-${String(input['VpnGatewayId'])}` }),
    readyMs: 60_000,
    remove: (before, caller) => {
      caller.call('ec2.DetachVpnGateway', caller.fill('ec2.DetachVpnGateway', before));
      return caller.wait(60_000);
    },
  },
};
