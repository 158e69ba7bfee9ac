import { raise } from '../../../simulation/raise.js';
import type { AccountAttribute, AvailabilityZone, Region, TagDescription } from '@aws-sdk/client-ec2';
import { type AwsCall, partitionOf } from '../../operation/operation.js';
import { invalidMember, invalidValue, missingParameter, need } from '../request/text-rules.js';
import { family, tagList, taggedRow, taggedRows, setTags } from '../request/family.js';
import { applyFilters, shownFilters, pageRows } from '../request/filters.js';
import { defaultVpc } from '../security-group/security-group-rules.js';
import { allRegions, zonesOf, type Zone } from '../subnet/zones.js';
import { ownValue } from '../../../simulation/own-value.js';

const REGION_FILTERS = shownFilters('endpoint opt-in-status region-name', (region: Region) => region);

const ZONE_FILTERS = shownFilters(
  `group-long-name group-name message opt-in-status parent-zone-id parentZoneId parent-zone-name parentZoneName region-name
   regionName state zone-id zoneId zone-name zoneName zone-type zoneType`,
  zoneView,
);

const ATTRIBUTES: Readonly<Record<string, (call: AwsCall) => string>> = {
  'supported-platforms': () => 'VPC',
  'default-vpc': (call) => defaultVpc(call.state.ec2)?.id ?? 'none',
  'max-instances': () => '20',
  'vpc-max-security-groups-per-interface': (call) => String(call.quota('security-groups-per-interface')),
  'max-elastic-ips': () => '5',
  'vpc-max-elastic-ips': () => '5',
};

function pickZones(zones: readonly Zone[], keyOf: (zone: Zone) => string, wanted: readonly string[] | undefined) {
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

const FILTERS = {
  ...shownFilters('key resource-id resource-type', (tag: TagDescription) => tag),
  value: ({ Value }: TagDescription) => Value, // an empty one can be wanted
};

/** Regions, their zones, and what an account has in one. */
export const regionOperations = family({
  /**
   * The regions of the caller's partition that the account can use; with AllRegions, the others, too. A region that has
   * been called is one that the account has opted into.
   */
  DescribeRegions(call, input) {
    const suffix = call.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const rows = allRegions()
      .filter((region) => partitionOf(region.name) === call.partition)
      .map(({ name, optIn }) => {
        const used = optIn === 'not-opted-in' && call.aws.regions.has(name);
        return { RegionName: name, Endpoint: `ec2.${name}.${suffix}`, OptInStatus: used ? 'opted-in' : optIn };
      });
    const names = input.RegionNames ?? [];
    const unknown = names.filter((name) => !rows.some(({ RegionName }) => RegionName === name));
    if (unknown.length > 0) throw invalidValue(`Invalid region: [${unknown.join(', ')}]`); // [U] sentence

    const isUsable = ({ OptInStatus }: Region) => input.AllRegions === true || OptInStatus !== 'not-opted-in';
    const wanted = rows.filter((row) => (names.length > 0 ? names.includes(row.RegionName) : isUsable(row)));
    return { Regions: [...applyFilters<Region>(wanted, input.Filters, REGION_FILTERS)] };
  },

  /** The zones that the account can use; with AllAvailabilityZones, those that it has not opted into, too. */
  DescribeAvailabilityZones(call, input) {
    const zones = zonesOf(call.region, call.account).filter(
      (zone) => input.AllAvailabilityZones === true || zone.optIn !== 'not-opted-in',
    );
    const named = pickZones(zones, (zone) => zone.name, input.ZoneNames);
    const wanted = pickZones(named, (zone) => zone.id, input.ZoneIds);
    return { AvailabilityZones: applyFilters(wanted, input.Filters, ZONE_FILTERS).map(zoneView) };
  },

  DescribeAccountAttributes(call, input) {
    const names: readonly string[] = input.AttributeNames?.length ? input.AttributeNames : Object.keys(ATTRIBUTES);
    const attributes = names.map((name): AccountAttribute => {
      const valueOf = ownValue(ATTRIBUTES, name) ?? raise(invalidMember('attributeName', name, 'Unknown attribute.'));

      return { AttributeName: name, AttributeValues: [{ AttributeValue: valueOf(call) }] };
    });
    return { AccountAttributes: attributes };
  },

  /** Sets tags on each of the resources, or on none. */
  CreateTags({ state: { ec2 } }, input) {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    const tags = need(input.Tags, 'tagSet');
    if (rows.length === 0) throw missingParameter('resourceIdSet');
    if (tags.length === 0) throw missingParameter('tagSet');

    for (const row of rows) setTags({ ...row.tags }, tags);
    for (const row of rows) setTags(row.tags, tags);
    return {};
  },

  /** Removes tags: by key; by key and value where a value is given; all of the user's where no tags are. */
  DeleteTags({ state: { ec2 } }, input) {
    const rows = need(input.Resources, 'resourceIdSet').map((id) => taggedRow(ec2, id));
    if (rows.length === 0) throw missingParameter('resourceIdSet');

    for (const { Key = '' } of input.Tags ?? []) {
      if (Key.startsWith('aws:')) throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    for (const { tags } of rows) {
      const wanted = input.Tags ?? Object.keys(tags).map((Key) => ({ Key, Value: undefined }));
      for (const { Key = '', Value } of wanted) {
        if (Key.startsWith('aws:')) continue;

        if (Value === undefined || tags[Key] === Value) delete tags[Key];
      }
    }
    return {};
  },

  DescribeTags(call, input) {
    const all = [...taggedRows(call.state.ec2)].flatMap(({ id, tags, type }) =>
      tagList(tags).map((tag): TagDescription => ({ ResourceId: id, ResourceType: type, ...tag })),
    );
    const left = applyFilters(all, input.Filters, FILTERS, ({ Key = '', Value = '' }) => ({ [Key]: Value }));
    const rows = left.map((tag) => ({ id: `${tag.ResourceId}/${tag.Key}`, tag }));
    const { rows: page, next } = pageRows(rows, input, { list: 'DescribeTags' });
    return { Tags: page.map(({ tag }) => tag), NextToken: next };
  },
});
