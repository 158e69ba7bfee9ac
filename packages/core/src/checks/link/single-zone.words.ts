import type { CheckWords } from '../../findings/statement.js';

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
    SEVERAL_ZONES: ({ linkText, value }: { readonly linkText: string; readonly value: readonly string[] }) =>
      `${linkText} stands in ${value.join(' and ')}`,
    SUBNETS_NOT_READ: ({ link }: { readonly link: string }) => `link ${link} stands in two zones`,
    SINGLE_ZONE: ({
      linkText,
      zone,
      isNew,
      isOnSale,
      insteadOfNew,
      other,
      networkId,
      replacementText,
    }: {
      readonly linkText: string;
      readonly zone: string;
      readonly isNew: boolean;
      readonly isOnSale: boolean;
      readonly insteadOfNew: string;
      readonly other?: string | undefined;
      readonly networkId: string;
      readonly replacementText: string;
    }) => ({
      message: `${linkText} stands in ${zone} only and stops with that zone`,
      remedy:
        !isNew && !isOnSale
          ? `Where that is not enough, ${insteadOfNew}.`
          : other === undefined
            ? `Make a subnet of ${networkId} in another zone that serves links, then ${replacementText}.`
            : `Add a subnet in another zone, such as ${other}: ${replacementText}.`,
    }),
  },
} satisfies CheckWords;
