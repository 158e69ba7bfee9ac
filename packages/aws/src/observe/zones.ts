import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Zone } from '@postern/core/snapshot';
import { zoneServesLinks } from '../cloud/vpc-link-v2/zones.js';
import { sent } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** The zones that the account can use, by id. `undefined` for a gap. */
export function observeZones(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Zone[] | undefined> {
  return gaps.attempt({ what: 'Availability Zones', of: 'zones' }, async () => {
    const { AvailabilityZones } = await session.call(ctx, 'ec2', 'DescribeAvailabilityZones', {});
    return sent(AvailabilityZones, 'AvailabilityZones', 'DescribeAvailabilityZones')
      .map(({ ZoneId = '', ZoneName }) => ({
        id: ZoneId,
        name: ZoneName,
        servesLinks: SERVES[zoneServesLinks(session.region, ZoneId)],
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  });
}

const SERVES = { yes: true, no: false, unknown: undefined } as const;
