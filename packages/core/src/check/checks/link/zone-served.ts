import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import type { Subnet } from '../../../do/model/network.js';
import type { LinkView } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { isNew, mayBeNew, standsInSubnets } from '../../../do/world/link-facts.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { subnetsOf, subnetsThatWouldDo } from '../../../do/world/subnets-of.js';
import { defineCheck } from '../define-check.js';

const CODES = {
  SUBNETS_NOT_READ: unknown('links are available in the zones of link {link}'),
  ZONE_SERVED: pass('links are available in {zone}'),
  ZONE_NOT_READ: unknown('links are available in {zone}'),
  ZONE_NOT_SERVED: fail(
    '{subnet} is in {zone}, where links are not available: [if fresh: creating link {link} would be refused|link {link} could not be replaced there]',
    [
      'if isNowhere: Use another region for link {link}, its API and its targets: links are available in no zone of {region}.',
      '[if fresh: Remove {subnet} from links.{link}.subnets|Plan other subnets before the link is replaced]; [suitable subnets of {networkId} are {others}.|create a subnet in a zone where links are available.]',
    ],
  ),
};

export const zoneServed = defineCheck({
  id: 'link/zone-served',
  severity: 'error',
  title: 'Links are available in the zone of each subnet',
  about:
    'Clouds do not offer links in every zone, and a request for a link in a subnet of another zone is refused. An existing link stays in its zones, but could not be replaced there.',
  codes: CODES,
  *run(input, say) {
    for (const view of input.links) {
      // The list of zones is of the cloud's first product.
      if (!standsInSubnets(view) || view.traits.succeeds === true) continue;

      const { found, missing: unread } = subnetsOf(view);
      if (unread !== undefined) {
        yield say.SUBNETS_NOT_READ(aboutLink(view), { link: view.name }, unread);
      }
      for (const subnet of found) {
        const about = aboutLink(view, part('subnet', subnet.id));
        const zone = view.region.find('zones', subnet.zone);
        if (zone.is === 'found' && zone.value.servesLinks === true) {
          yield say.ZONE_SERVED(about, { zone: subnet.zone }, [subnetEvidence(subnet)]);
        } else if (zone.is === 'found' && zone.value.servesLinks === false) {
          yield notServed(say, view, subnet);
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
          yield say.ZONE_NOT_READ(about, { zone: subnet.zone }, missing, {
            evidence: [subnetEvidence(subnet)],
            severity,
          });
        }
      }
    }
  },
});

function notServed(say: Say<typeof CODES>, view: LinkView, subnet: Subnet) {
  const fresh = isNew(view);
  const others = subnetsThatWouldDo(view.region, subnet.networkId, { ids: new Set(view.subnetIds) });
  return say.ZONE_NOT_SERVED(
    aboutLink(view, part('subnet', subnet.id)),
    {
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
    {
      evidence: [subnetEvidence(subnet, 'links are not available in this zone')],
      severity: fresh ? 'error' : 'warning',
    },
  );
}

/** Whether no zone of the region serves links, as far as the zones were read. */
function isNowhere({ region }: LinkView): boolean {
  const { items } = region.all('zones');
  return items.length > 0 && items.every(({ servesLinks }) => servesLinks === false);
}
