import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `link/adopted`. */
export const linkAdoptedWords = {
  title: 'A link that the spec names by ID can be adopted and matches the spec',
  about:
    'Postern adopts a link with an `id` as it is. The subnets and security groups, or the load balancer, that the spec lists beside the `id` have to match, ' +
    'because those of a link never change. Postern never changes a link that carries the mark of another project. Two names of the ' +
    'spec cannot mean the same link. `postern plan` refuses each of these cases.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  says: {
    TAKEN_TWICE: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: message,
      remedy: remedy,
    }),
    FOREIGN: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}: \`postern plan\` refuses it`,
      remedy: remedy,
    }),
    DIFFERENT: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: `${message}: \`postern plan\` refuses it`,
      remedy: remedy,
    }),
    NOT_READ: ({ linkId, link }: { readonly linkId: string; readonly link: string }) =>
      `${linkId} matches link ${link} of the spec`,
    AS_DECLARED: ({ linkId, link }: { readonly linkId: string; readonly link: string }) =>
      `${linkId} matches link ${link} of the spec`,
  },
} satisfies CheckWords;
