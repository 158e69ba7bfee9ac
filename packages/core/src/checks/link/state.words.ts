import type { CheckWords } from '../../findings/statement.js';
import { insteadOfNew, sentence, type SoldOut } from '../sale.words.js';

const STATES = {
  pending: 'not ready yet',
  failed: 'failed and never recovers',
  deleting: 'being deleted',
} as const;

interface NotReady {
  readonly name: string;
  readonly linkId: string;
  readonly state: keyof typeof STATES;
  readonly reason?: string | undefined;
  readonly soldOut?: SoldOut | undefined;
  /** Whether the spec names the link by its ID, or does not own it. */
  readonly isNamed: boolean;
}

function remedyFor({ name, state, soldOut, isNamed }: NotReady): string {
  if (state === 'pending') return 'Wait some minutes until it is ready, then check again.';
  if (soldOut !== undefined) return `${sentence(insteadOfNew(soldOut, 'one that is ready'))}.`;
  if (isNamed) {
    return `Name a link that is ready as links.${name}.id, or remove the id and write subnets to have a new one made.`;
  }
  // A plan keeps a failed link unless it is asked to replace it: what made it fail may make the next one fail, too.
  return state === 'failed'
    ? 'Remove its cause, then run `postern apply --replace-failed` (in a program `replaceFailed: true`): it makes a new link and moves the routes, and deletes this one unless it would have to be bought again.'
    : 'Run `postern apply`: it makes a new link and moves the routes there.';
}

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
    NOT_READY: (params: NotReady) => {
      const { name, linkId, state, reason } = params;
      return {
        message: `link ${name} (${linkId}) is ${STATES[state]}${reason === undefined ? '' : `: ${reason}`}`,
        remedy: remedyFor(params),
      };
    },
  },
} satisfies CheckWords;
