import type { CheckWords } from '../../findings/statement.js';
import { insteadOfNew, type SoldOut } from '../sale.words.js';

interface Place {
  readonly link: string;
  readonly isExternal: boolean;
  /** Whether the spec names it by its ID. */
  readonly isNamed: boolean;
}

/** How a link gets other subnets, which never change. */
function replacementText({ link, isExternal, isNamed }: Place): string {
  if (isExternal) return 'have its owner replace it';
  return isNamed
    ? `write subnets instead of links.${link}.id, and \`postern apply\` moves the routes to a new link`
    : `write it under links.${link}.subnets and run \`postern apply\`, which replaces the link without losing a call`;
}

/** The texts of `link/single-zone`. */
export const singleZoneWords = {
  title: 'The link stands in two zones',
  about:
    'A link whose subnets all lie in one zone stops with that zone. Its subnets can never be changed, so it has to be replaced: ' +
    '`postern apply` makes a new link, moves the routes one by one and deletes the old one.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/product-overview/dedicated-instances',
  ],
  says: {
    SEVERAL_ZONES: ({ linkText, zones }: { readonly linkText: string; readonly zones: readonly string[] }) =>
      `${linkText} stands in ${zones.join(' and ')}`,
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} stands in two zones`,
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
      /** Set where it is there and no other can be had. */
      readonly soldOut?: SoldOut | undefined;
      readonly other?: string | undefined;
      readonly networkId: string;
    }) => ({
      message: `${linkText} stands in ${zone} only and stops with that zone`,
      remedy:
        soldOut !== undefined
          ? `Where that is not enough, ${insteadOfNew(soldOut, 'one that stands in two zones')}.`
          : other === undefined
            ? `Make a subnet of ${networkId} in another zone that serves links, then ${replacementText(place)}.`
            : `Add a subnet in another zone, such as ${other}: ${replacementText(place)}.`,
    }),
  },
} satisfies CheckWords;
