import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/zone-served`. */
export const zoneServedWords = {
  title: 'Links are available in the zone of each subnet',
  about:
    'Neither cloud offers links in every zone, and a request for a link in a subnet of another zone is refused. On AWS zones are ' +
    'compared by ID (`use1-az3`), because `us-east-1a` is a different zone in each account. The list of zones that AWS publishes may ' +
    'grow and lacks some regions, where the verdict is unknown. In us-gov-east-1 HTTP APIs have no private integrations at all. An ' +
    'existing link stays in its zones, but could not be replaced there.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `links are available in the zones of link ${link}`,
    ZONE_SERVED: ({ zone }: { readonly zone: string }) => `links are available in ${zone}`,
    ZONE_NOT_READ: ({ zone }: { readonly zone: string }) => `links are available in ${zone}`,
    ZONE_NOT_SERVED: ({
      fresh,
      subnet,
      zone,
      link,
      isNowhere,
      region,
      othersCount,
      networkId,
      others,
    }: {
      readonly fresh: boolean;
      readonly subnet: string;
      readonly zone: string;
      readonly link: string;
      readonly isNowhere: boolean;
      readonly region: string;
      readonly othersCount: number;
      readonly networkId: string;
      readonly others: readonly string[];
    }) => ({
      message: fresh
        ? `${subnet} is in ${zone}, where links are not available: creating link ${link} would be refused`
        : `${subnet} is in ${zone}, where links are not available: link ${link} could not be replaced there`,
      remedy: isNowhere
        ? `Use another region for link ${link}, its API and its targets: links are available in no zone of ${region}.`
        : fresh
          ? `Remove ${subnet} from links.${link}.subnets; ${othersCount > 0 ? `suitable subnets of ${networkId} are ${others.join(', ')}` : `create a subnet in a zone where links are available`}.`
          : `Plan other subnets before the link is replaced; ${othersCount > 0 ? `suitable subnets of ${networkId} are ${others.join(', ')}` : `create a subnet in a zone where links are available`}.`,
    }),
  },
} satisfies CheckWords;
