import type { AlibabaRegionState } from '../state/alibaba-state.js';

/** A region of Alibaba Cloud. */
export interface AlibabaRegion {
  readonly id: string;
  /** As DescribeRegions calls it in English. */
  readonly name: string;
  /** Zone ids: `cn-hangzhou-j`, `ap-southeast-1a`. */
  readonly zones: readonly string[];
}

/** Zone ids of regions outside the mainland carry no hyphen before the letter; Hong Kong's do. */
const region = (id: string, name: string, letters: string): AlibabaRegion => ({
  id,
  name,
  zones: [...letters].map((letter) => `${id}${id.startsWith('cn-') ? '-' : ''}${letter}`),
});

/**
 * The public regions that have an endpoint of API Gateway. Of each region's zones these are simulated.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/supported-regions
 * @see https://www.alibabacloud.com/help/en/ecs/product-overview/regions-and-zones
 */
export const ALIBABA_REGIONS: readonly AlibabaRegion[] = [
  region('cn-hangzhou', 'China (Hangzhou)', 'ijk'),
  region('cn-qingdao', 'China (Qingdao)', 'bc'),
  region('cn-beijing', 'China (Beijing)', 'hik'),
  region('cn-zhangjiakou', 'China (Zhangjiakou)', 'abc'),
  region('cn-huhehaote', 'China (Hohhot)', 'ab'),
  region('cn-wulanchabu', 'China (Ulanqab)', 'abc'),
  region('cn-shanghai', 'China (Shanghai)', 'lmn'),
  region('cn-shenzhen', 'China (Shenzhen)', 'def'),
  region('cn-heyuan', 'China (Heyuan)', 'ab'),
  region('cn-guangzhou', 'China (Guangzhou)', 'ab'),
  region('cn-chengdu', 'China (Chengdu)', 'ab'),
  region('cn-hongkong', 'China (Hong Kong)', 'bcd'),
  region('ap-northeast-1', 'Japan (Tokyo)', 'abc'),
  region('ap-southeast-1', 'Singapore', 'abc'),
  region('ap-southeast-2', 'Australia (Sydney)', 'ab'),
  region('ap-southeast-3', 'Malaysia (Kuala Lumpur)', 'ab'),
  region('ap-southeast-5', 'Indonesia (Jakarta)', 'abc'),
  region('ap-southeast-6', 'Philippines (Manila)', 'ab'),
  region('ap-southeast-7', 'Thailand (Bangkok)', 'ab'),
  region('ap-south-1', 'India (Mumbai)', 'ab'),
  region('us-east-1', 'US (Virginia)', 'ab'),
  region('us-west-1', 'US (Silicon Valley)', 'ab'),
  region('eu-west-1', 'UK (London)', 'ab'),
  region('eu-central-1', 'Germany (Frankfurt)', 'abc'),
  region('me-east-1', 'UAE (Dubai)', 'ab'),
  region('me-central-1', 'SAU (Riyadh)', 'ab'),
];

/** The answer of DescribeRegions of the product whose endpoints are `<host>.<region>.aliyuncs.com`. */
export const regionsAnswer = <const M extends object>(host: string, more?: M) => ({
  Regions: {
    Region: ALIBABA_REGIONS.map(({ id, name }) => ({
      RegionId: id,
      LocalName: name,
      RegionEndpoint: `${host}.${id}.aliyuncs.com`,
      ...(more as M),
    })),
  },
});

/** The answer of DescribeZones of ECS and VPC. What a zone sells is left out. */
export const zonesAnswer = (state: AlibabaRegionState) => ({
  Zones: { Zone: zonesIn(state).map((id) => ({ ZoneId: id, LocalName: id, ZoneType: 'AvailabilityZone' })) },
});

const BY_ID = new Map(ALIBABA_REGIONS.map((row) => [row.id, row]));

export function findAlibabaRegion(id: string): AlibabaRegion | undefined {
  return BY_ID.get(id);
}

/** The zones of a region, by id; none of a region that is not known. */
export function zonesOf(id: string): readonly string[] {
  return BY_ID.get(id)?.zones ?? [];
}

/** The zones that a region of this world has: those of the snapshot that it was made from, or those above. */
export function zonesIn({ name, zones }: Pick<AlibabaRegionState, 'name' | 'zones'>): readonly string[] {
  return zones?.all ?? zonesOf(name);
}

/**
 * The regions that have an endpoint of Cloud-native API Gateway. Seoul (ap-northeast-2), which has one, too, is not simulated.
 * @see https://github.com/aliyun/alibabacloud-typescript-sdk/blob/master/apig-20240327/src/client.ts (the endpoint map)
 */
export const APIG_REGIONS: ReadonlySet<string> = new Set(
  ALIBABA_REGIONS.map(({ id }) => id).filter((id) => id !== 'cn-huhehaote' && id !== 'ap-south-1'),
);
