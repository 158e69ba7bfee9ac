import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/shared-integration`. */
export const migrateSharedIntegrationWords = {
  title: 'Only the named routes move',
  about:
    'The link is a property of an integration, and routes can share an integration. If one route is to move (`--route`), the link of its integration is changed in place. Every other route of that ' +
    'integration moves with it, at the same moment. These routes have the same backend, so their calls do not fail for that reason. But a trial with one route moves all of them.',
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
      message: `${moved} uses integration ${id}, which ${others} also ${one ? 'uses' : 'use'}: changing its link to ${linkId ?? 'the new link'} moves ${one ? 'both' : 'all of them'}`,
      remedy: `Move them together (without --route), or first create an integration for ${moved} alone, with the same settings as ${id}.`,
    }),
  },
} satisfies CheckWords;
