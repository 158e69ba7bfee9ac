import type { IpAddressType, SubnetConfiguration, VpcEndpoint } from '@aws-sdk/client-ec2';
import { type AwsCall, type TimerHandlers, ServiceError } from '../../operation/operation.js';
import { checkGroups } from '../network-interface/network-interface.js';
import { getRow, ID } from '../request/ids.js';
import { refuse } from '../request/text-rules.js';
import { tagList } from '../request/family.js';
import { checkAddress } from '../vpc/addresses.js';
import { createInterface, defaultSecurityGroup, deleteInterface, serviceAttachment } from '../vpc/network.js';
import type { VpcEndpointRow } from './state.js';

/** From a call until an interface endpoint is available or deleted. Simulated milliseconds [I]. */
export const ENDPOINT_MS = 60_000;
export const FULL_ACCESS = JSON.stringify({
  Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
});

/** What becomes of VPC endpoints by themselves. */
export const endpointTimers: TimerHandlers = {
  'ec2.vpc-endpoint': (call, { id, to }) => {
    const row = call.state.ec2.vpcEndpoints.get(String(id));
    if (row && to === 'available' && row.state === 'pending') row.state = 'available';
    if (row && to === 'deleted') removeEndpoint(call, row);
  },
};

/** An interface endpoint gets a state, and becomes available if it is provisioned. */
export function startEndpoint(call: AwsCall, row: VpcEndpointRow, state: 'pendingAcceptance' | 'pending'): void {
  row.state = state;
  if (state === 'pending') call.after(ENDPOINT_MS, 'ec2.vpc-endpoint', { id: row.id, to: 'available' });
}

/** Adds and removes what carries packets to an endpoint: routes in tables, interfaces in subnets, and their groups. */
export function placeEndpoint(
  call: AwsCall,
  row: VpcEndpointRow,
  change: {
    readonly tables?: readonly (readonly string[] | undefined)[];
    readonly subnets?: readonly (readonly string[] | undefined)[];
    readonly groups?: readonly (readonly string[] | undefined)[];
    readonly addresses?: readonly SubnetConfiguration[] | undefined;
  },
): void {
  const { ec2 } = call.state;
  const [tables = [], noTables = []] = change.tables ?? [];
  const [subnets = [], noSubnets = []] = change.subnets ?? [];
  const [groups = [], noGroups = []] = change.groups ?? [];
  for (const id of [...tables, ...noTables]) getRow(ec2, ID.routeTable, id);
  const wanted = [...new Set([...row.groupIds, ...groups])].filter((id) => !noGroups.includes(id));
  checkGroups(call, row.fields.VpcId, wanted);
  const kept = Object.keys(row.interfaces).filter((id) => !noSubnets.includes(id));
  const zones = new Set(kept.map((id) => ec2.subnets.get(id)?.zoneId));
  for (const id of subnets) {
    const { zoneId, vpcId } = getRow(ec2, ID.subnet, id);
    if (vpcId !== row.fields.VpcId)
      throw new ServiceError('InvalidParameter', `Subnet ${id} is not in VPC ${row.fields.VpcId}.`); // [U] words
    if (zones.has(zoneId)) {
      throw new ServiceError(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${id}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
      );
    }

    zones.add(zoneId);
  }
  const wished = wishedAddresses(call, row, [...kept, ...subnets], change.addresses);
  row.fields.RouteTableIds = [...new Set([...row.fields.RouteTableIds, ...tables])].filter(
    (id) => !noTables.includes(id),
  );
  if (row.fields.VpcEndpointType === 'Gateway') return setRoutes(call, row);

  row.groupIds = wanted.length > 0 ? wanted : [defaultSecurityGroup(call.state, row.fields.VpcId).id];
  const stays = kept.filter((id) => !wished.has(id));
  for (const [id, own] of Object.entries(row.interfaces)) if (!stays.includes(id)) deleteInterface(call, own);
  row.interfaces = Object.fromEntries(Object.entries(row.interfaces).filter(([id]) => stays.includes(id)));
  for (const subnetId of new Set([...subnets, ...wished.keys()])) {
    const description = `VPC Endpoint Interface ${row.id}`;
    const interfaceType = 'vpc_endpoint';
    const attachment = serviceAttachment(call);
    const wish = { subnetId, groupIds: row.groupIds, interfaceType, description, requesterManaged: true, attachment };
    row.interfaces[subnetId] = createInterface(call, { ...wish, privateIpAddress: wished.get(subnetId) }).id;
  }
  for (const id of Object.values(row.interfaces)) {
    const eni = ec2.interfaces.get(id);
    if (eni) eni.groupIds = [...row.groupIds];
  }
}

/**
 * The addresses that a request names for interfaces, by their subnets: one that has another address is replaced.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SubnetConfiguration.html
 */
function wishedAddresses(
  { state }: AwsCall,
  row: VpcEndpointRow,
  subnets: readonly string[],
  given: readonly SubnetConfiguration[] = [],
): ReadonlyMap<string, string> {
  const wished = new Map<string, string>();
  for (const one of given) {
    refuse(one, ['Ipv6']);
    const { SubnetId = '', Ipv4 } = one;
    if (!subnets.includes(SubnetId))
      throw new ServiceError('InvalidParameter', `Subnet ${SubnetId} is not a subnet of the VPC endpoint.`); // [U] words
    const own = state.ec2.interfaces.get(row.interfaces[SubnetId] ?? '')?.privateIpAddress;
    if (Ipv4 === undefined || Ipv4 === own) continue;

    checkAddress(state, getRow(state.ec2, ID.subnet, SubnetId), Ipv4);
    wished.set(SubnetId, Ipv4);
  }
  return wished;
}

/** A gateway endpoint is a route for the service's prefix list in each of its tables. */
function setRoutes({ state: { ec2 } }: AwsCall, row: VpcEndpointRow): void {
  const list = [...ec2.prefixLists.values()].find(({ fields }) => fields.PrefixListName === row.fields.ServiceName);
  for (const table of ec2.routeTables.values()) {
    table.routes = table.routes.filter(({ targetId }) => targetId !== row.id);
    if (list === undefined || !row.fields.RouteTableIds.includes(table.id)) continue;

    const destination = { destination: list.id, kind: 'prefix-list' } as const;
    table.routes.push({ ...destination, targetKind: 'vpc-endpoint', targetId: row.id, origin: 'CreateRoute' });
  }
}

/** An endpoint with its routes or interfaces ends. */
export function removeEndpoint(call: AwsCall, row: VpcEndpointRow): void {
  row.fields.RouteTableIds = [];
  if (row.fields.VpcEndpointType === 'Gateway') setRoutes(call, row);
  for (const id of Object.values(row.interfaces)) deleteInterface(call, id);
  call.state.ec2.vpcEndpoints.delete(row.id);
}

/** The kind of addresses of an interface endpoint; those of gateways have none. */
export function addressesOf(
  { VpcEndpointType }: VpcEndpoint,
  wanted: IpAddressType | undefined = 'ipv4',
): Pick<VpcEndpoint, 'IpAddressType' | 'DnsOptions'> {
  return VpcEndpointType === 'Interface' ? { IpAddressType: wanted, DnsOptions: { DnsRecordIpType: wanted } } : {};
}

/** A VPC endpoint as the API shows it. */
export function endpointView(call: AwsCall, row: VpcEndpointRow): VpcEndpoint {
  const { fields } = row;
  const service = fields.ServiceName.split('.').at(-1) ?? '';
  const dns = `${row.id}-${row.id.slice(-8)}.${service}.${call.region}.vpce.amazonaws.com`;
  const names = [dns, ...(fields.PrivateDnsEnabled ? [`${service}.${call.region}.amazonaws.com`] : [])];
  const isInterface = fields.VpcEndpointType === 'Interface';
  return {
    VpcEndpointId: row.id,
    ...fields,
    ServiceRegion: call.region,
    State: row.state as VpcEndpoint['State'],
    SubnetIds: Object.keys(row.interfaces),
    Groups: row.groupIds.map((id) => ({ GroupId: id, GroupName: call.state.ec2.securityGroups.get(id)?.name })),
    RequesterManaged: false,
    NetworkInterfaceIds: Object.values(row.interfaces),
    DnsEntries: isInterface ? names.map((DnsName) => ({ DnsName, HostedZoneId: 'Z7HUB22UULQXV' })) : [],
    OwnerId: call.account,
    Tags: tagList(row.tags),
  };
}
