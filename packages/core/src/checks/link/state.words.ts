import type { CheckWords } from '../../findings/statement.js';

/** The texts of `link/state`. */
export const linkStateWords = {
  title: 'The link is ready',
  about:
    'A link carries calls only while it is ready. One that has failed never recovers: it has to be deleted and made again. One ' +
    'that is being made (or changed) takes minutes, and calls fail until then. A state that nobody documented is unknown, never fine. ' +
    'Where apply would make a new link in place of one with the mark of this project, that one is judged while it is ready.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
  ],
  says: {
    LINK_NOT_READ: ({ name }: { readonly name: string }) => `link ${name} is ready`,
    READY: ({ hasLink, linkId, name }: { readonly hasLink: boolean; readonly linkId: string; readonly name: string }) =>
      `${!hasLink ? `${linkId}, which carries the mark of link ${name},` : `link ${name} (${linkId})`} is ready`,
    STATE_NOT_KNOWN: ({ name }: { readonly name: string }) => `link ${name} carries calls`,
    NOT_READY: ({
      name,
      linkId,
      state,
      reason,
      remedy,
    }: {
      readonly name: string;
      readonly linkId: string;
      readonly state: string;
      readonly reason?: string | undefined;
      readonly remedy: string;
    }) => ({
      message: `link ${name} (${linkId}) is ${state}${reason === undefined ? '' : `: ${reason}`}`,
      remedy: remedy,
    }),
  },
} satisfies CheckWords;
