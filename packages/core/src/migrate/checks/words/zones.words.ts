import type { CheckWords } from '../../../findings/statement.js';
import { listed } from '../../../text/listed.js';

/** The texts of `migrate/zones`. */
export const migrateZonesWords = {
  title: 'The link to move to has a subnet in every zone of the backends and of the old link',
  about:
    'A link calls load balancers in all of their zones. A zone without a subnet of the link is still reached, across zones, so no call fails for that reason. But the zone does not help when the other zones ' +
    'fail. A load balancer without cross-zone load balancing sends its targets in that zone only the calls that arrive there. Subnets of a link never change, so only another link fixes this. If the ' +
    'old link has a subnet in a zone in which no backend answers, the loss of that zone is a note, unless only one zone is left. A zone that supports no links is a note as well.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
  ],
  says: {
    ZONES_NOT_READ: ({ id }: { readonly id: string }) => `${id} has a subnet in every zone in which a backend answers`,
    BACKEND_ZONES_NOT_READ: ({ id, target }: { readonly id: string; readonly target: string }) =>
      `${id} has a subnet in every zone in which ${target} answers`,
    OLD_ZONES_NOT_READ: ({ id, old }: { readonly id: string; readonly old: string }) =>
      `${id} has a subnet in every zone of ${old}`,
    ZONES_COVERED: ({ id, wanted }: { readonly id: string; readonly wanted: readonly string[] }) =>
      `${id} has subnets in ${wanted.join(', ')}: every zone of the backends and of the old link`,
    ZONE_LACKING: ({
      id,
      zone,
      backends,
      old,
      left,
      zonal,
      refused,
      subnet,
    }: {
      readonly id: string;
      readonly zone: string;
      /** Those that answer in the zone. */
      readonly backends: readonly string[];
      /** The old link, if it has a subnet in the zone. */
      readonly old?: string | undefined;
      /** The zones in which the new link has a subnet. */
      readonly left: readonly string[];
      /** The backends whose targets in the zone receive only calls that arrive there. */
      readonly zonal: readonly string[];
      /** Whether the zone supports no links. */
      readonly refused: boolean;
      /** A subnet of the zone that a link could have. */
      readonly subnet?: string | undefined;
    }) => {
      const there = [
        ...(backends.length === 0 ? [] : [`${listed(backends)} ${backends.length === 1 ? 'answers' : 'answer'}`]),
        ...(old === undefined ? [] : [`${old} has a subnet`]),
      ];
      const calls = backends.length === 0 ? 'calls come' : 'calls reach it across zones,';
      const targets =
        zonal.length === 0 ? '' : `; targets of ${listed(zonal)} there receive only calls that arrive there`;
      return {
        message: `${id} has no subnet in ${zone}, where ${there.join(' and ')}: ${calls} from ${listed(left)} only${targets}`,
        remedy: refused
          ? `Make ${listed(backends) || 'the backends'} answer in ${listed(left)} as well: no link can have a subnet in ${zone}.`
          : `Create a link that also has a subnet in ${zone}${subnet === undefined ? '' : `, such as ${subnet}`}, and move to that link: the subnets of a link never change.`,
      };
    },
  },
} satisfies CheckWords;
