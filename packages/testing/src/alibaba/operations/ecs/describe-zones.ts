import type { DescribeZonesRequest, DescribeZonesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, text } from '../../network/request/parameters.js';
import { zonesIn } from '../../regions.js';
import type { Wire } from '../../wire.js';

/** What a zone sells is left out. @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describezones */
export const describeZones = ecsAction<Given<DescribeZonesRequest>, Wire<DescribeZonesResponseBody>>({
  name: 'DescribeZones',
  kind: 'read',
  parameters: { AcceptLanguage: text, InstanceChargeType: text, SpotStrategy: text, Verbose: flag },
  run: ({ state }) => ({
    Zones: { Zone: zonesIn(state).map((id) => ({ ZoneId: id, LocalName: id, ZoneType: 'AvailabilityZone' })) },
  }),
});
