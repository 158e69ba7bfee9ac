import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/shared-integration`. */
export const migrateSharedIntegrationWords = {
  title: 'No route moves that nobody named',
  about:
    'What names the link is an integration, and routes share integrations. Where one route is to move (`--route`), the link of its integration is changed in place, and every other route of that ' +
    'integration moves with it, at the same moment. They lead to the same backend, so that their calls do not fail because of that; but who wanted to try the move with one route moves them all.',
  sources: [
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
  ],
  says: {
    ALL_ROUTES_MOVE: ({ id, moved }: { readonly id: string; readonly moved: string }) =>
      `all routes of ${id} move: ${moved}`,
    SHARED_WITH_OTHERS: ({
      moved,
      id,
      others,
      one,
      linkId,
    }: {
      readonly moved: string;
      readonly id: string;
      readonly others: string;
      readonly one: boolean;
      readonly linkId?: string | undefined;
    }) => ({
      message: `${moved} leads through integration ${id}, which ${others} ${one ? 'uses' : 'use'}, too: to put it on ${linkId ?? 'the new link'} moves ${one ? 'both' : 'all of them'}`,
      remedy: `Move them together (without --route), or give ${moved} an integration of its own first, with the same settings as ${id}.`,
    }),
  },
} satisfies CheckWords;
