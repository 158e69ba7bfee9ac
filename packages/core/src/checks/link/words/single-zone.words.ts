import type { CheckWords } from '../../../findings/statement.js';
import { insteadOfNew, type SoldOut } from '../../sale.words.js';

interface Place {
  readonly link: string;
  readonly isExternal: boolean;
  /** Whether the spec names it by its ID. */
  readonly isNamed: boolean;
}

/** How a link gets other subnets, which never change. */
function replacementText({ link, isExternal, isNamed }: Place): string {
  if (isExternal) return 'ask the owner of the link to replace it';
  return isNamed
    ? `write subnets instead of links.${link}.id and run \`postern apply\`, which moves the routes to a new link`
    : `write it under links.${link}.subnets and run \`postern apply\`, which replaces the link without losing a call`;
}

/** The texts of `link/single-zone`. */
export const singleZoneWords = {
  title: 'The link is in two zones',
  about:
    'A link whose subnets are all in one zone fails when that zone fails. Its subnets never change, so the link has to be replaced: ' +
    '`postern apply` creates a new link, moves the routes one by one and deletes the old link.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SEVERAL_ZONES: ({ linkText, zones }: { readonly linkText: string; readonly zones: readonly string[] }) =>
      `${linkText} is in ${zones.join(' and ')}`,
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} is in two zones`,
    SINGLE_ZONE: ({
      linkText,
      zone,
      soldOut,
      other,
      networkId,
      ...place
    }: Place & {
      readonly linkText: string;
      readonly zone: string;
      /** Set if the link exists and new ones are no longer sold. */
      readonly soldOut?: SoldOut | undefined;
      readonly other?: string | undefined;
      readonly networkId: string;
    }) => ({
      message: `${linkText} is in ${zone} only and fails when that zone fails`,
      remedy:
        soldOut !== undefined
          ? `If one zone is not enough, ${insteadOfNew(soldOut, 'an instance in two zones')}.`
          : other === undefined
            ? `Create a subnet of ${networkId} in another zone where links are available, then ${replacementText(place)}.`
            : `Add a subnet in another zone, such as ${other}: ${replacementText(place)}.`,
    }),
  },
} satisfies CheckWords;
