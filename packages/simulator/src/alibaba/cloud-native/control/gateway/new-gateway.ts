import type { AlibabaCall } from '../../../operation/operation.js';
import { zonesIn } from '../../../operation/regions.js';
import { takeAddress } from '../../../vpc/network.js';
import { newId } from '../../../vpc/request/text-rules.js';
import { getVpc, getVSwitch } from '../../../vpc/request/lists.js';
import { refusals } from '../request/parameters.js';
import type { ApigGatewayRow, ApigLoadBalancerRow, NetworkType, SubDomainRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { listOf, oneOf, structure, text, type ValueOf } from '../../../operation/family.js';

export const ZONES = structure({
  selectOption: oneOf('Auto', 'Manual'),
  vSwitchId: text,
  zones: listOf({ zoneId: text, vSwitchId: text }),
});

/** The parts of a request that say where a gateway is. */
interface WantedPlace {
  readonly vpcId: string;
  readonly zoneConfig?: ValueOf<typeof ZONES>;
}

type Place = Pick<ApigGatewayRow, 'vpcId' | 'vSwitchId' | 'zones'>;

/**
 * Where a gateway is: `Auto` has one vSwitch, `Manual` two zones and the vSwitch of the first.
 * @throws {AlibabaError} `InvalidParameter`, and those of VPC for what does not exist
 */
export function readPlace({ state }: AlibabaCall, { vpcId, zoneConfig = {} }: WantedPlace): Place {
  const vpc = getVpc(state, vpcId);
  const { selectOption = 'Auto', vSwitchId = '', zones: given = [] } = zoneConfig;
  const isManual = selectOption === 'Manual';
  if (isManual && given.length === 0) throw refusals.invalid('zoneConfig.zones', 'Manual needs zones.');

  const wanted = isManual ? given : [{ vSwitchId }];
  const zones = wanted.map((zone) => {
    const vSwitch = getVSwitch(state, zone.vSwitchId ?? '');
    if (vSwitch.vpcId !== vpc.id) throw refusals.invalid('vSwitchId', `${vSwitch.id} is not in ${vpc.id}.`);

    const { zoneId = vSwitch.zoneId } = zone as { readonly zoneId?: string };
    if (zoneId !== vSwitch.zoneId) throw refusals.invalid('zoneId', `${vSwitch.id} is in ${vSwitch.zoneId}.`);
    if (!zonesIn(state).includes(zoneId)) throw refusals.invalid('zoneId', `${zoneId} has no gateways.`);

    return { zoneId, vSwitchId: vSwitch.id };
  });
  return { vpcId: vpc.id, vSwitchId: vSwitchId === '' ? (zones[0]?.vSwitchId ?? '') : vSwitchId, zones };
}

/** The managed security group, in the VPC of the user: it allows all outbound traffic. */
export function newManagedGroup(call: AlibabaCall, vpcId: string, gatewayId: string): string {
  const id = newId(call, 'sg');
  call.state.network.securityGroups.set(id, {
    id,
    vpcId,
    name: `APIG-sg-${gatewayId}`,
    description: `Managed by Cloud-native API Gateway: ${gatewayId}`,
    type: 'normal',
    innerAccessPolicy: 'Accept',
    rules: [],
    createdAt: call.now,
    tags: {},
  });
  return id;
}

/** The types of the addresses that callers use. */
export function networkTypesOf(access: string): readonly NetworkType[] {
  if (access === 'InternetAndIntranet') return ['Internet', 'Intranet'];

  return [access === 'Intranet' ? 'Intranet' : 'Internet'];
}

/** A managed NLB: of the internet, or with an address in each vSwitch. */
export function newLoadBalancer(call: AlibabaCall, { zones }: Place, addressType: NetworkType): ApigLoadBalancerRow {
  const id = call.id('nlb-', 18);
  const octet = (): number => 1 + Math.floor(call.random() * 254);
  const ipv4Addresses = zones.map(({ vSwitchId }) =>
    addressType === 'Intranet'
      ? takeAddress(call, getVSwitch(call.state, vSwitchId), id)
      : `47.${96 + Math.floor(call.random() * 32)}.${octet()}.${octet()}`,
  );
  return { id, address: `${id}.${call.region}.nlb.aliyuncs.com`, addressType, ipv4Addresses };
}

/** The domain that a gateway has by default for a type of network. */
export function newSubDomain(call: AlibabaCall, environmentId: string, networkType: NetworkType): SubDomainRow {
  const suffix = networkType === 'Intranet' ? '-vpc' : '';
  const name = `${environmentId}-${call.region}${suffix}.alicloudapi.com`;
  return { domainId: call.id('d-', 20), name, networkType, protocol: 'HTTP' };
}

/**
 * Whether what is in use can be deleted: gateways with services, services and domains of routes. No source says, so it is refused by
 * default; `plant` of `apig-deletions` allows it.
 */
export const mayDelete = ({ apig }: AlibabaRegionState): boolean => apig.settings.get('deletions') === 'allowed';
