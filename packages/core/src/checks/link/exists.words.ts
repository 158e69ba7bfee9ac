import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/exists`. */
export const linkExistsWords = {
  title: 'What the spec names of the link is there',
  about:
    'The link that `id` names (or a look-up by name or tag finds), its network, its subnets and its security groups are looked for in ' +
    'the snapshot. What a list lacks that was read to its end does not exist; where a call was refused, the verdict is unknown and names the ' +
    'permission. A link that the spec declares with subnets need not be there yet: it would be created.',
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
      !hasLink ? 'all that it would be created from is there' : `it is there: ${linkId}`,
  },
} satisfies CheckWords;
