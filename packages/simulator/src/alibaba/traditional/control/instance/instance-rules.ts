import { raise } from '../../../../simulation/raise.js';
import { zonesOf } from '../../../operation/regions.js';
import { overlaps, readBlock } from '../../../../simulation/addresses.js';
import type { AlibabaCall, Parameter } from '../../../operation/operation.js';
import { findSecurityGroup, findVpc, findVSwitch } from '../../../vpc/network.js';
import type { ConnectionRow, ConnectZoneRow, PrivateDnsRow } from '../state.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { say } from '../request/parameters.js';
import { blockHas } from '../../../vpc/request/text-rules.js';
import { getInstance } from '../request/find.js';
import { isPrivateAddress } from '../backend/backend-use.js';
import { required, text, whole } from '../../../operation/family.js';

/** A multi-zone place for instances: two or three zones of a region. */
interface MultiZone {
  /** `cn-hangzhou-MAZ6(i,j,k)`; the letters identify the zones for users. */
  readonly id: string;
  readonly name: string;
  readonly zones: readonly string[];
}

const letterOf = (zone: string): string => zone.slice(-1);

/**
 * The number of the multi-zone of all zones: `cn-hangzhou-MAZ6(i,j,k)` is the one that public configurations name. Numbers of pairs are
 * made up.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/api_gateway_instance
 */
const OF_ALL_ZONES = 6;

/** The multi-zones of a region: each pair of neighbours, and all of its zones. */
export function multiZonesOf(region: string): readonly MultiZone[] {
  const zones = zonesOf(region);
  const pairs = zones.slice(1).map((zone, index) => multiZone(region, [zones[index] ?? zone, zone], index + 1));
  return zones.length > 2 ? [...pairs, multiZone(region, [...zones], OF_ALL_ZONES)] : pairs;
}

function multiZone(region: string, zones: readonly string[], number: number): MultiZone {
  const letters = zones.map(letterOf).join(',');
  return { id: `${region}-MAZ${number}(${letters})`, name: `Multi-Availability Zone ${number}(${letters})`, zones };
}

/** The zone that an instance in these zones shows: the zone itself, or their multi-zone. */
export function placeOf(region: string, zones: readonly string[]): string {
  const [only = ''] = zones;
  if (zones.length < 2) return only;

  const exact = multiZonesOf(region).find(
    (place) => place.zones.length === zones.length && place.zones.every((zone) => zones.includes(zone)),
  );
  return (exact ?? multiZone(region, [...zones].sort(), 9)).id;
}

/**
 * New purchases stop on this day, Beijing time.
 * @see https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway
 */
const END_OF_SALE = Date.parse('2026-08-23T00:00:00+08:00');

/** The only blocks that a VPC integration instance may have on its own side. */
const INSTANCE_CIDRS = ['192.168.0.0/16', '172.16.0.0/12'];

/** @throws {AlibabaError} `ForbiddenCreateInstance` from the end of sale on */
export function checkOnSale({ now }: AlibabaCall): void {
  if (now < END_OF_SALE) return;

  throw say.forbidden(
    'CreateInstance',
    'New purchases of API Gateway (Traditional) have been discontinued since August 23, 2026. Use Cloud-native API Gateway instead.',
  );
}

/** The parameters for the zones of a new VPC integration instance. */
interface ConnectionInput {
  readonly InstanceCidr?: string | undefined;
  readonly UserVpcId?: string | undefined;
  readonly ZoneVSwitchSecurityGroup?: readonly ZoneInput[] | undefined;
}

interface ZoneInput {
  readonly ZoneId?: string | undefined;
  readonly VSwitchId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly SecurityGroupId?: string | undefined;
}

/**
 * The way of a new VPC integration instance into the user's VPC.
 * @throws {AlibabaError} `Missing…`, `InvalidInstanceCidr`, `InvalidUserVpcId`, `InvalidVSwitchId`, `InvalidZoneId`,
 * `InvalidCidrBlock`, `InvalidSecurityGroupId`, `DuplicateZoneId`
 */
export function readConnection(call: AlibabaCall, input: ConnectionInput): ConnectionRow {
  const { InstanceCidr = '', UserVpcId = '', ZoneVSwitchSecurityGroup = [] } = input;
  if (InstanceCidr === '') throw say.missing('InstanceCidr');
  if (UserVpcId === '') throw say.missing('UserVpcId');
  if (ZoneVSwitchSecurityGroup.length === 0) throw say.missing('ZoneVSwitchSecurityGroup');
  if (!INSTANCE_CIDRS.includes(InstanceCidr)) throw say.invalid('InstanceCidr');
  if (!findVpc(call.state, UserVpcId)) throw say.invalid('UserVpcId', 'The specified UserVpcId does not exist.');

  const zones = ZoneVSwitchSecurityGroup.map((zone) => readZone(call.state, UserVpcId, zone));
  if (new Set(zones.map(({ zoneId }) => zoneId)).size < zones.length) throw say.duplicate('ZoneId');

  return {
    vpcId: UserVpcId,
    instanceCidr: InstanceCidr,
    zones,
    // Only the vSwitches' own blocks can be reached at first, in the order given.
    cidrBlocks: [...new Set(zones.map(({ cidrBlock }) => cidrBlock))],
    interfaceIds: [],
  };
}

function readZone(state: AlibabaRegionState, vpcId: string, input: ZoneInput): ConnectZoneRow {
  const { ZoneId = '', VSwitchId = '', CidrBlock = '', SecurityGroupId = '' } = input;
  const vSwitch = findVSwitch(state, VSwitchId);
  if (vSwitch?.vpcId !== vpcId) {
    throw say.invalid('VSwitchId', 'The specified VSwitchId does not exist in the specified UserVpcId.');
  }
  if (vSwitch.zoneId !== ZoneId) throw say.invalid('ZoneId', 'The specified vSwitch is not in the specified ZoneId.');
  if (vSwitch.cidrBlock !== CidrBlock) {
    throw say.invalid('CidrBlock', 'The specified CidrBlock is not that of the specified vSwitch.');
  }
  if (findSecurityGroup(state, SecurityGroupId)?.vpcId !== vpcId) {
    throw say.invalid('SecurityGroupId', 'The specified SecurityGroupId does not exist in the specified UserVpcId.');
  }

  return { zoneId: ZoneId, vSwitchId: VSwitchId, cidrBlock: CidrBlock, securityGroupId: SecurityGroupId };
}

/** Whether the gateway's own side shares an address with a chosen vSwitch: such an instance never gets to work. */
export function isBlocked({ instanceCidr, zones }: ConnectionRow): boolean {
  const own = readBlock(instanceCidr);
  return zones.some(({ cidrBlock }) => {
    const block = readBlock(cidrBlock);
    return own !== undefined && block !== undefined && overlaps(own, block);
  });
}

/**
 * The zone of a new conventional instance: one that DescribeZones names, with its letters or without them. Older examples of the
 * provider of Terraform have `cn-hangzhou-MAZ6`.
 * @see https://help.aliyun.com/document_detail/2709203.html
 * @throws {AlibabaError} `MissingZoneId`, `InvalidZoneId`
 */
export function readMultiZone({ region }: AlibabaCall, zoneId = ''): string {
  if (zoneId === '') throw say.missing('ZoneId');

  const place = multiZonesOf(region).find(({ id }) => id === zoneId || id.startsWith(`${zoneId}(`));
  if (place === undefined) throw say.invalid('ZoneId');

  return place.id;
}

/** The parameters for the payment. */
interface ChargeInput {
  readonly ChargeType?: string | undefined;
  readonly Duration?: number | undefined;
  readonly PricingCycle?: string | undefined;
  readonly AutoPay?: boolean | undefined;
}

const MONTHS: Readonly<Record<string, { readonly months: number; readonly longest: number }>> = {
  month: { months: 1, longest: 9 },
  year: { months: 12, longest: 3 },
};

/**
 * The charge type of an instance, in all spellings, and its end.
 * @throws {AlibabaError} `InvalidChargeType`, `InvalidPricingCycle`, `InvalidDuration`
 */
export function readCharge(
  { now }: AlibabaCall,
  { ChargeType = '', Duration = 1, PricingCycle = '', AutoPay = false }: ChargeInput,
): { readonly chargeType: string; readonly expiresAt: number | undefined; readonly paid: boolean } {
  if (/^(PostPaid|PayAsYouGo)$/i.test(ChargeType))
    return { chargeType: 'PayAsYouGo', expiresAt: undefined, paid: true };
  if (!/^PrePa(id|y)$/i.test(ChargeType)) throw say.invalid('ChargeType');

  const cycle = MONTHS[PricingCycle.toLowerCase()] ?? raise(say.invalid('PricingCycle'));

  if (!Number.isInteger(Duration) || Duration < 1 || Duration > cycle.longest) throw say.invalid('Duration');

  const expires = new Date(now);
  expires.setUTCMonth(expires.getUTCMonth() + cycle.months * Duration);
  return { chargeType: 'PrePaid', expiresAt: expires.getTime(), paid: AutoPay };
}

/** @see https://help.aliyun.com/document_detail/2747053.html */
const MAX_RECORDS = 20;
export const MAX_DOMAINS = 100;

/** @throws {AlibabaError} `InvalidIntranetDomain` */
export function checkDomain(domain: string): void {
  const isDomain = /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/.test(domain);
  if (!isDomain || domain.length > 253) throw say.invalid('IntranetDomain');
}

/** A record of a request. */
interface RecordInput {
  readonly Record?: string | undefined;
  readonly Weight?: number | undefined;
}

/** @throws {AlibabaError} `NotFoundPrivateDNS` */
export function getPrivateDns({ cloudApi }: AlibabaRegionState, type: string, domain: string): PrivateDnsRow {
  return cloudApi.privateDns.get(`${type}/${domain}`) ?? raise(say.notFound('PrivateDNS'));
}

/**
 * Records of a private domain: private addresses for type A, names of authorizations for type VPC.
 * @throws {AlibabaError} `MissingRecords`, `InvalidRecords`, `DuplicateRecords`, `ExceedLimitRecords`
 */
export function readRecords(type: string, records: readonly RecordInput[] | undefined): PrivateDnsRow['Records'] {
  const rows = (records ?? []).map(({ Record = '', Weight = 100 }) => ({ Record, Weight }));
  if (rows.length > MAX_RECORDS) throw say.exceeded('Records');
  if (type === 'VPC') return rows;
  if (rows.length === 0) throw say.missing('Records');
  if (!rows.every(({ Record, Weight }) => isPrivateAddress(Record) && Weight >= 0 && Weight <= 100)) {
    throw say.invalid('Records');
  }
  if (new Set(rows.map(({ Record }) => Record)).size < rows.length) throw say.duplicate('Records');

  return rows;
}

/**
 * A domain of type A belongs to VPC integration instances, and its records into their accessible blocks; one of type VPC
 * to conventional instances.
 * @throws {AlibabaError} `NotFoundInstance`, `InvalidInstanceId`, `InvalidBackend`
 */
export function checkAssociation(
  state: AlibabaRegionState,
  instanceId: string,
  { Type, Records }: PrivateDnsRow,
): void {
  const { kind, connection } = getInstance(state, instanceId);
  if (kind !== (Type === 'A' ? 'vpc_connect' : 'normal')) {
    throw say.invalid('InstanceId', 'The resolution type of the private domain does not fit the type of the instance.');
  }

  const outside = Records.find(({ Record }) => !connection?.cidrBlocks.some((block) => blockHas(block, Record)));
  if (connection && outside) throw say.unreachable(outside.Record);
}

/** Which private domain. */
export const dnsKey = {
  IntranetDomain: required(text),
  Type: { type: 'string', required: true, values: ['A', 'VPC'] },
} as const satisfies Readonly<Record<string, Parameter>>;

/** What CreatePrivateDNS and UpdatePrivateDNS have in common. */
export const dnsParameters = {
  ...dnsKey,
  Records: {
    type: 'list',
    items: { type: 'structure', members: { Record: required(text), Weight: whole } },
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** The private domains of a request, and their instances. */
export const dnsAssociation = {
  InstanceId: required(text),
  IntranetDomains: { type: 'list', required: true, items: text, length: [1, 100] },
} as const satisfies Readonly<Record<string, Parameter>>;
