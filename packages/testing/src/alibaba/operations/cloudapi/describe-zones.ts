import type { DescribeZonesRequest, DescribeZonesResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { multiZonesOf } from '../../cloud-api/instance/zones.js';
import type { Wire } from '../../wire.js';

/** Lists the multi-zones that a conventional dedicated instance may be created in. */
export const describeZones = cloudApiAction<Wire<DescribeZonesRequest>, Wire<DescribeZonesResponseBody>>({
  name: 'DescribeZones',
  kind: 'read',
  parameters: { Language: { type: 'string', values: ['en', 'zh', 'ja'] } },
  run: ({ region, state: { zones } }) => {
    const places = zones ? zones.served.map((id) => ({ id, name: id })) : multiZonesOf(region);
    return { Zones: { Zone: places.map(({ id, name }) => ({ ZoneId: id, LocalName: name })) } };
  },
});
