import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Zone } from '@postern/core/snapshot';
import type { Session } from '../client/session.js';

/**
 * The zones in which API Gateway has instances, by their plain ids. The service lists most of them several at a time:
 * `cn-hangzhou-MAZ6(i,j,k)`.
 */
export async function servedByGateway(session: Session, ctx: CallContext): Promise<readonly Zone[]> {
  const { Zones } = await session.call(ctx, 'CloudAPI', 'DescribeZones', {});
  const ids = (Zones?.Zone ?? []).flatMap(({ ZoneId }) => (ZoneId ? plainZones(ZoneId, session.region) : []));
  return [...new Set(ids)].toSorted().map((id) => ({ id, servesLinks: true }));
}

/**
 * Every zone of the region, and whether API Gateway has instances there. Undefined where neither list could
 * be read. Where one list could not be read, a gap is reported, and the zones are those of the other.
 */
export async function readZones(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Zone[] | undefined> {
  const [all, served] = await Promise.all([
    gaps.attempt({ what: 'zones of the region', of: 'zones' }, async () => {
      const { Zones } = await session.call(ctx, 'Vpc', 'DescribeZones', {});
      return (Zones?.Zone ?? []).flatMap(({ ZoneId }) => (ZoneId ? [{ id: ZoneId }] : []));
    }),
    gaps.attempt({ what: 'zones of API Gateway', of: 'zones' }, () => servedByGateway(session, ctx)),
  ]);
  if (all === undefined) return served;
  const ids = served === undefined || served.length === 0 ? undefined : new Set(served.map(({ id }) => id));
  return all.map((zone) => (ids === undefined ? zone : { ...zone, servesLinks: ids.has(zone.id) }));
}

/**
 * `cn-hangzhou-MAZ6(i,j)` means `cn-hangzhou-i` and `cn-hangzhou-j`. IDs outside of China have no hyphen
 * before the letter.
 */
function plainZones(id: string, region: string): readonly string[] {
  const letters = /\(([a-z](?:,[a-z])*)\)$/.exec(id)?.[1];
  if (letters === undefined) return [id];
  const hyphen = region.startsWith('cn-') ? '-' : '';
  return letters.split(',').map((letter) => `${region}${hyphen}${letter}`);
}
