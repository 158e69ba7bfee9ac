import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/zone-served`. */
export const zoneServedWords = {
  title: 'Links can be had in the zone of each subnet',
  about:
    'Neither cloud serves links in every zone, and asking for one in a subnet of another zone is refused. On AWS zones are compared ' +
    'by id (`use1-az3`), since `us-east-1a` is another zone in each account. The list of zones that AWS publishes may grow, and ' +
    'lacks some regions: there nobody can say. In us-gov-east-1 HTTP APIs have no private integrations at all. A link that exists ' +
    'stands where it stands, but could not be replaced there.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
  ],
  says: {
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `links can be had in the zones of link ${link}`,
    ZONE_SERVED: ({ zone }: { readonly zone: string }) => `links can be had in ${zone}`,
    ZONE_NOT_READ: ({ zone }: { readonly zone: string }) => `links can be had in ${zone}`,
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
        ? `${subnet} is in ${zone}, where no links can be had: making link ${link} would be refused`
        : `${subnet} is in ${zone}, where no links can be had: link ${link} could not be replaced there`,
      remedy: isNowhere
        ? `Use another region for link ${link}, its API and its targets: no zone of ${region} serves links.`
        : fresh
          ? `Leave ${subnet} out of links.${link}.subnets; ${othersCount > 0 ? `these of ${networkId} would do: ${others.join(', ')}` : `make one in a zone that serves links`}.`
          : `Before the link is ever replaced, plan for other subnets; ${othersCount > 0 ? `these of ${networkId} would do: ${others.join(', ')}` : `make one in a zone that serves links`}.`,
    }),
  },
} satisfies CheckWords;
