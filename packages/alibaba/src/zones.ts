import type { CallContext, RegionSnapshot } from '@postern/core';
import type { Session } from './session.js';

/** The ids of API Gateway's zones, most of them standing for several: `cn-hangzhou-MAZ6(i,j,k)`. */
export async function listZones(session: Session, ctx: CallContext): Promise<readonly string[]> {
  const { Zones } = await session.send(ctx, 'CloudAPI', 'DescribeZones', {});
  return (Zones?.Zone ?? []).flatMap(({ ZoneId }) => ZoneId ?? []);
}

/** The plain zones that a snapshot's list of API Gateway's zones stands for; undefined where it has none. */
export function servedZones({
  native,
  region,
}: Pick<RegionSnapshot, 'native' | 'region'>): readonly string[] | undefined {
  const ids = native?.['zones'];
  if (!Array.isArray(ids) || ids.length === 0) return undefined;
  const zones = ids.flatMap((id) => (typeof id === 'string' ? plainZones(id, region) : []));
  return zones.length === 0 ? undefined : [...new Set(zones)].toSorted();
}

/** `cn-hangzhou-MAZ6(i,j)` stands for `cn-hangzhou-i` and `cn-hangzhou-j`; ids abroad have no hyphen before the letter. */
function plainZones(id: string, region: string): readonly string[] {
  const letters = /\(([a-z](?:,[a-z])*)\)$/.exec(id)?.[1];
  if (letters === undefined) return [id];
  const hyphen = region.startsWith('cn-') ? '-' : '';
  return letters.split(',').map((letter) => `${region}${hyphen}${letter}`);
}
