import type { CheckWords } from '../../../findings/statement.js';
import { listed } from '../../../text/listed.js';

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
    ALL_ROUTES_MOVE: ({ id, moved }: { readonly id: string; readonly moved: readonly string[] }) =>
      `all routes of ${id} move: ${listed(moved)}`,
    SHARED_WITH_OTHERS: ({
      moved,
      id,
      others,
      linkId,
    }: {
      readonly moved: readonly string[];
      readonly id: string;
      readonly others: readonly string[];
      readonly linkId?: string | undefined;
    }) => {
      const routes = listed(moved);
      const [use, all] = others.length === 1 ? ['uses', 'both'] : ['use', 'all of them'];
      return {
        message: `${routes} uses integration ${id}, which ${listed(others)} also ${use}: changing its link to ${linkId ?? 'the new link'} moves ${all}`,
        remedy: `Move them together (without --route), or first create an integration for ${routes} alone, with the same settings as ${id}.`,
      };
    },
  },
} satisfies CheckWords;
