import { part } from '../../findings/subject.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { isNew, mayBeNew, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf, subnetsThatWouldDo } from '../../world/subnets-of.js';

/** `link/zone-served`. */
export const zoneServed: Check = {
  id: 'link/zone-served',
  title: 'Links can be had in the zone of each subnet',
  severity: 'error',
  about:
    'Neither cloud serves links in every zone, and asking for one in a subnet of another zone is refused. On AWS zones are compared ' +
    'by id (`use1-az3`), since `us-east-1a` is another zone in each account. The list of zones that AWS publishes may grow, and ' +
    'lacks some regions: there nobody can say. In us-gov-east-1 HTTP APIs have no private integrations at all. A link that exists ' +
    'stands where it stands, but could not be replaced there.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
  ],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing: unread } = subnetsOf(view);
      if (unread !== undefined) {
        yield unsure(aboutLink(view), `links can be had in the zones of link ${view.name}`, unread);
      }
      for (const subnet of found) {
        const about = aboutLink(view, part('subnet', subnet.id));
        const zone = view.region.find('zones', subnet.zone);
        if (zone.is === 'found' && zone.value.servesLinks === true) {
          yield holds(input, about, () => ({
            message: `links can be had in ${subnet.zone}`,
            evidence: [subnetEvidence(subnet)],
          }));
        } else if (zone.is === 'found' && zone.value.servesLinks === false) {
          yield notServed(view, subnet);
        } else {
          const missing =
            zone.is === 'unknown'
              ? zone.missing
              : refusedOr(view.region, 'zones', subnet.zone, {
                  what: `whether ${subnet.zone} serves links`,
                  remedy: `Look ${subnet.zone} up in the cloud's own list of zones that serve links.`,
                });
          // Where the list was read and does not say, all the same most zones do: not worth stopping for.
          const isRefused = zone.is === 'unknown' || missing.failed === true;
          const severity = isRefused && mayBeNew(view) ? 'error' : 'warning';
          yield unsure(about, `links can be had in ${subnet.zone}`, missing, {
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
  const instead =
    others.length > 0
      ? `these of ${subnet.networkId} would do: ${others.join(', ')}`
      : `make one in a zone that serves links`;
  return fails(aboutLink(view, part('subnet', subnet.id)), {
    message: fresh
      ? `${subnet.id} is in ${subnet.zone}, where no links can be had: making link ${view.name} would be refused`
      : `${subnet.id} is in ${subnet.zone}, where no links can be had: link ${view.name} could not be replaced there`,
    evidence: [subnetEvidence(subnet, 'a zone that serves no links')],
    remedy: isNowhere(view)
      ? `Use another region for link ${view.name}, its API and its targets: no zone of ${view.region.region.region} serves links.`
      : fresh
        ? `Leave ${subnet.id} out of links.${view.name}.subnets; ${instead}.`
        : `Before the link is ever replaced, plan for other subnets; ${instead}.`,
    severity: fresh ? 'error' : 'warning',
  });
}

/** Whether no zone of the region serves links, as far as the zones were read. */
function isNowhere({ region }: LinkView): boolean {
  const { items } = region.all('zones');
  return items.length > 0 && items.every(({ servesLinks }) => servesLinks === false);
}
