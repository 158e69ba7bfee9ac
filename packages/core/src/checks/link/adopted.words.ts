import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/adopted`. */
export const linkAdoptedWords = {
  title: 'A link that the spec names by id can be adopted, and is as the spec says',
  about:
    'A link with an `id` is taken as it is. What the spec says of its subnets and security groups beside that has to be so, since they ' +
    'never change; one that carries the mark of another project is never changed; and two names of the spec cannot be one link. ' +
    '`postern plan` refuses each of these.',
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
      `${linkId} is as link ${link} is declared`,
    AS_DECLARED: ({ linkId, link }: { readonly linkId: string; readonly link: string }) =>
      `${linkId} is as link ${link} is declared`,
  },
} satisfies CheckWords;
