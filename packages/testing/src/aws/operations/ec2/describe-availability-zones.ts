import type {
  AvailabilityZone,
  DescribeAvailabilityZonesRequest,
  DescribeAvailabilityZonesResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue } from '../../ec2/request/errors.js';
import { applyFilters, type FilterTable } from '../../ec2/request/filters.js';
import { zonesOf, type Zone } from '../../ec2/subnet/zones.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html (Filter.N) */
const FILTERS: FilterTable<Zone> = {
  'group-long-name': (zone) => groupLongName(zone),
  'group-name': (zone) => groupName(zone),
  message: () => undefined,
  'opt-in-status': (zone) => zone.optIn,
  'parent-zone-id': (zone) => zone.parentId,
  parentZoneId: (zone) => zone.parentId,
  'parent-zone-name': (zone) => zone.parentName,
  parentZoneName: (zone) => zone.parentName,
  'region-name': (zone) => zone.region,
  regionName: (zone) => zone.region,
  state: () => 'available',
  'zone-id': (zone) => zone.id,
  zoneId: (zone) => zone.id,
  'zone-name': (zone) => zone.name,
  zoneName: (zone) => zone.name,
  'zone-type': (zone) => zone.type,
  zoneType: (zone) => zone.type,
};

/**
 * The zones that the account can use; with AllAvailabilityZones, those that it has not opted into, too.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
 */
export const describeAvailabilityZones = ec2Operation({
  name: 'DescribeAvailabilityZones',
  kind: 'read',
  run: (call, input: DescribeAvailabilityZonesRequest): DescribeAvailabilityZonesResult => {
    const zones = zonesOf(call.region, call.account).filter(
      (zone) => input.AllAvailabilityZones === true || zone.optIn !== 'not-opted-in',
    );
    const named = pick(zones, (zone) => zone.name, input.ZoneNames);
    const wanted = pick(named, (zone) => zone.id, input.ZoneIds);
    return { AvailabilityZones: applyFilters(wanted, input.Filters, FILTERS).map(zoneView) };
  },
});

function pick(zones: readonly Zone[], keyOf: (zone: Zone) => string, wanted: readonly string[] | undefined) {
  if (wanted === undefined || wanted.length === 0) return zones;
  const unknown = wanted.filter((key) => !zones.some((zone) => keyOf(zone) === key));
  if (unknown.length > 0) throw invalidValue(`Invalid availability zone: [${unknown.join(', ')}]`);
  return zones.filter((zone) => wanted.includes(keyOf(zone)));
}

/** Zones of a region form one group each, as of 2025 (`us-east-1-zg-1`). */
const groupName = (zone: Zone): string => (zone.type === 'local-zone' ? zone.group : `${zone.region}-zg-1`);
const groupLongName = (zone: Zone): string =>
  zone.type === 'local-zone' ? zone.group : `${zone.region} Availability Zone Group 1`;

function zoneView(zone: Zone): AvailabilityZone {
  return {
    ZoneName: zone.name,
    ZoneId: zone.id,
    ZoneType: zone.type,
    RegionName: zone.region,
    GroupName: groupName(zone),
    GroupLongName: groupLongName(zone),
    NetworkBorderGroup: zone.type === 'local-zone' ? zone.group : zone.region,
    OptInStatus: zone.optIn,
    ParentZoneName: zone.parentName,
    ParentZoneId: zone.parentId,
    State: 'available',
    Messages: [],
  };
}
