import {
  ifResolved,
  isChanged,
  linked,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/internal/overlay';

function attachGateway(id: unknown, vpcId: string | undefined, caller: Caller): void {
  if (vpcId !== undefined) caller.call('ec2.AttachInternetGateway', { InternetGatewayId: id, VpcId: vpcId });
}

const holderOf = (values: ActValues, caller: Caller): Input =>
  caller.fill('ec2.AssociateAddress', values, { ...ASSOCIATED, AllocationId: '-', PublicIp: '-' });

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
  // What needs it has a subnet and an address first. The provider recommends depends_on, and without it applies are known to go well.
  aws_internet_gateway: {
    isFirst: true,
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
  aws_internet_gateway_attachment: linked('ec2.AttachInternetGateway', 'ec2.DetachInternetGateway', { isFirst: true }),
  aws_egress_only_internet_gateway: resource(
    'ec2.CreateEgressOnlyInternetGateway',
    'EgressOnlyInternetGateway.EgressOnlyInternetGatewayId',
    'ec2.DeleteEgressOnlyInternetGateway',
    { isUnseen: true },
  ),
  aws_eip: {
    gives: ['allocation_id', 'public_ip'],
    create: (values, caller) => {
      const { AllocationId: id, PublicIp } = caller.call('ec2.AllocateAddress', { Domain: 'vpc' });
      const holder = holderOf(values, caller);
      const isHeld = 'InstanceId' in holder || 'NetworkInterfaceId' in holder;
      const association = isHeld ? caller.call('ec2.AssociateAddress', { ...holder, AllocationId: id }) : {};
      return { id, allocation_id: id, public_ip: PublicIp, association_id: association.AssociationId };
    },
    update: (before, values, caller) => {
      if (!isChanged(before, values, 'instance', 'network_interface')) return;

      const former = word(before['association_id']);
      if (former !== undefined) caller.call('ec2.DisassociateAddress', { AssociationId: former });
      const holder = holderOf(values, caller);
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
  aws_eip_association: resource('ec2.AssociateAddress', 'AssociationId', 'ec2.DisassociateAddress'),
  aws_nat_gateway: resource('ec2.CreateNatGateway', 'NatGateway.NatGatewayId', 'ec2.DeleteNatGateway', {
    names: { AllocationId: '-' },
    optional: ['PrivateIpAddress'],
    input: (input, values, caller) => {
      const AllocationId = addressOfNat(values, input['ConnectivityType'] === 'private', caller);
      return AllocationId === undefined ? input : { ...input, AllocationId };
    },
    readyMs: 200_000,
    goneMs: 120_000,
  }),
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
  aws_vpn_gateway_attachment: linked('ec2.AttachVpnGateway', 'ec2.DetachVpnGateway', {
    readyMs: 60_000,
    goneMs: 60_000,
  }),
};
