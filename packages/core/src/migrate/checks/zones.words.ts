import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/zones`. */
export const migrateZonesWords = {
  title: 'The link to move to stands in every zone in which a backend answers, or in which the old link stands',
  about:
    'A link calls load balancers in all of their zones, so that a zone without a subnet of the link is still reached, across zones: no call fails because of that. But the zone helps no longer when the others ' +
    'fail, and a load balancer without cross-zone load balancing sends its targets there only what comes in there. Subnets of a link never change, so this can be mended only by another link. Where the ' +
    'old link stands in a zone in which no backend answers, losing that is a note, unless one zone is left; where no link can stand in a zone, too.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
  ],
  says: {
    ZONES_NOT_READ: ({ id }: { readonly id: string }) => `${id} stands in every zone in which a backend answers`,
    BACKEND_ZONES_NOT_READ: ({ id, target }: { readonly id: string; readonly target: string }) =>
      `${id} stands in every zone in which ${target} answers`,
    OLD_ZONES_NOT_READ: ({ id, old }: { readonly id: string; readonly old: string }) =>
      `${id} stands in every zone of ${old}`,
    ZONES_COVERED: ({ id, wanted }: { readonly id: string; readonly wanted: readonly string[] }) =>
      `${id} stands in ${wanted.join(', ')}: wherever a backend answers and the old link stands`,
    ZONE_LACKING: ({
      id,
      zone,
      there,
      namesCount,
      left,
      zonalCount,
      zonal,
      refused,
      backends,
      example,
    }: {
      readonly id: string;
      readonly zone: string;
      readonly there: readonly string[];
      readonly namesCount: number;
      readonly left: string;
      readonly zonalCount: number;
      readonly zonal: string;
      readonly refused: boolean;
      readonly backends: string;
      readonly example: string;
    }) => ({
      message: `${id} has no subnet in ${zone}, where ${there.join(' and ')}: ${namesCount === 0 ? 'calls come' : 'calls get there across zones,'} from ${left} only${zonalCount === 0 ? '' : `; targets of ${zonal} there get only calls that come in there`}`,
      remedy: refused
        ? `No link can stand in ${zone}: have ${backends || 'the backends'} answer in ${left}, too.`
        : `Make a link that stands in ${zone}, too${example}, and move to that one: the subnets of a link never change.`,
    }),
  },
} satisfies CheckWords;
