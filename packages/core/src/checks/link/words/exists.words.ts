import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/exists`. */
export const linkExistsWords = {
  title: 'The link and the resources that the spec names for it exist',
  about:
    'The check looks in the snapshot for the link that `id` names, or that a look-up by name or tag finds. It also looks for the ' +
    'network, the subnets and the security groups of the link, or the load balancer of a VPC link V1. A resource does not exist if a list that was read to its end lacks it. ' +
    'Where a call was refused, the verdict is unknown and names the permission. A link that the spec declares with subnets or a ' +
    'load balancer need not exist yet: it would be created.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    NOT_RESOLVED: ({
      troubles,
      remedies,
    }: {
      readonly troubles: readonly string[];
      readonly remedies: readonly string[];
    }) => ({
      message: troubles.join('; '),
      ...(remedies.length === 0 ? {} : { remedy: remedies.join(' ') }),
    }),
    EXISTS: ({ hasLink, linkId }: { readonly hasLink: boolean; readonly linkId?: string | undefined }) =>
      !hasLink ? 'all resources that it would be created from exist' : `it exists: ${linkId}`,
  },
} satisfies CheckWords;
