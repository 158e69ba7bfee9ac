import type { CheckWords } from '../../../findings/statement.js';
import { insteadOfNew, sentence, type SoldOut } from '../../sale.words.js';

const STATES = {
  pending: 'not ready yet',
  failed: 'failed and does not recover',
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
  if (state === 'pending') return 'Wait some minutes until the link is ready, then check again.';
  if (soldOut !== undefined) return `${sentence(insteadOfNew(soldOut, 'an instance that is ready'))}.`;
  if (isNamed) {
    return `Write the ID of a link that is ready as links.${name}.id. Or remove the id and write subnets, then run \`postern apply\`, which creates a new link.`;
  }
  // A plan keeps a failed link unless the user asks to replace it: the same cause may make the next one fail.
  return state === 'failed'
    ? 'Remove the cause, then run `postern apply --replace-failed` (in a program `replaceFailed: true`). It creates a new link, moves the routes, and deletes this link unless it would have to be bought again.'
    : 'Run `postern apply`: it creates a new link and moves the routes to it.';
}

/** The texts of `link/state`. */
export const linkStateWords = {
  title: 'The link is ready',
  about:
    'A link carries calls only while it is ready. A link that has failed never recovers: it has to be deleted and created again. A ' +
    'link that is being created or changed takes minutes, and calls fail until then. The verdict for a state that is not documented ' +
    'is unknown. If `postern apply` would replace a link with the mark of this project by a new one, the check evaluates the existing ' +
    'link while it is ready.',
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
