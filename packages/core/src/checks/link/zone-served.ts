import { stating, type Judgement } from '../../findings/statement.js';
import type { zoneServedWords } from './words/zone-served.words.js';
import { part } from '../../findings/subject.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { isNew, mayBeNew, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof zoneServedWords)['says']>();

/** `link/zone-served`. */
export const zoneServed: Judgement = {
  id: 'link/zone-served',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing: unread } = subnetsOf(view);
      if (unread !== undefined) {
        yield unsure(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, unread);
      }
      for (const subnet of found) {
        const about = aboutLink(view, part('subnet', subnet.id));
        const zone = view.region.find('zones', subnet.zone);
        if (zone.is === 'found' && zone.value.servesLinks === true) {
          yield holds(input, about, 'ZONE_SERVED', () => ({
            params: { zone: subnet.zone },
            evidence: [subnetEvidence(subnet)],
          }));
        } else if (zone.is === 'found' && zone.value.servesLinks === false) {
          yield notServed(view, subnet);
        } else {
          const missing =
            zone.is === 'unknown'
              ? zone.missing
              : refusedOr(view.region, 'zones', subnet.zone, {
                  what: `the availability of links in ${subnet.zone}`,
                  remedy: `Look ${subnet.zone} up in the cloud's list of zones where links are available.`,
                });
          // If the list was read and lacks the zone: links are available in most zones, so this is not an error.
          const isRefused = zone.is === 'unknown' || missing.failed === true;
          const severity = isRefused && mayBeNew(view) ? 'error' : 'warning';
          yield unsure(about, 'ZONE_NOT_READ', { zone: subnet.zone }, missing, {
            evidence: [subnetEvidence(subnet)],
            severity,
          });
        }
      }
    }
  },
};

function notServed(view: LinkView, subnet: Subnet) {
  const fresh = isNew(view);
  const others = subnetsThatWouldDo(view.region, subnet.networkId, { ids: new Set(view.subnetIds) });
  return fails(aboutLink(view, part('subnet', subnet.id)), 'ZONE_NOT_SERVED', {
    params: {
      fresh,
      subnet: subnet.id,
      zone: subnet.zone,
      link: view.name,
      isNowhere: isNowhere(view),
      region: view.region.region.region,
      othersCount: others.length,
      networkId: subnet.networkId,
      others,
    },
    evidence: [subnetEvidence(subnet, 'links are not available in this zone')],
    severity: fresh ? 'error' : 'warning',
  });
}

/** Whether no zone of the region serves links, as far as the zones were read. */
function isNowhere({ region }: LinkView): boolean {
  const { items } = region.all('zones');
  return items.length > 0 && items.every(({ servesLinks }) => servesLinks === false);
}
