import type { DescribeZonesRequest, DescribeZonesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { text } from '../../network/request/parameters.js';
import { zonesIn } from '../../regions.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describezones */
export const describeZones = vpcAction<Given<DescribeZonesRequest>, Wire<DescribeZonesResponseBody>>({
  name: 'DescribeZones',
  kind: 'read',
  parameters: { AcceptLanguage: text, ZoneType: text },
  run: ({ state }) => ({
    Zones: { Zone: zonesIn(state).map((id) => ({ ZoneId: id, LocalName: id, ZoneType: 'AvailabilityZone' })) },
  }),
});
