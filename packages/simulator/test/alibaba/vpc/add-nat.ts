import type { Simulation } from '../../../src/index.js';

/** A NAT gateway with a public address in a VPC, whose SNAT entries are for some vSwitches. Returns its ID and its address. */
export async function addNat(
  simulation: Simulation,
  region: string,
  { vpcId: VpcId, vSwitchIds }: { readonly vpcId: string; readonly vSwitchIds: readonly [string, ...string[]] },
): Promise<{ readonly id: string; readonly snatTableId: string; readonly address: string }> {
  const call = (action: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.callAlibaba({ product: 'Vpc', action, region }, input);
  const [VSwitchId] = vSwitchIds;
  const made = call('CreateNatGateway', { VpcId, VSwitchId, NatType: 'Enhanced', NetworkType: 'internet' });
  const { AllocationId, EipAddress: SnatIp } = call('AllocateEipAddress', {});
  await simulation.advance(120_000);
  call('AssociateEipAddress', { AllocationId, InstanceId: made.NatGatewayId, InstanceType: 'Nat' });
  const [SnatTableId] = made.SnatTableIds.SnatTableId;
  for (const SourceVSwitchId of vSwitchIds) call('CreateSnatEntry', { SnatTableId, SnatIp, SourceVSwitchId });
  return { id: made.NatGatewayId, snatTableId: SnatTableId, address: SnatIp };
}
