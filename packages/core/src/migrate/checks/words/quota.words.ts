import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';
import { listed } from '../../../text/listed.js';

/** The texts of `migrate/quota`. */
export const migrateQuotaWords = {
  title: 'The API has a free integration if the move needs one',
  about:
    'A move changes the link of each integration in place and needs no new integration, with one exception. If a route moves alone (`--route`) and shares its integration with routes that stay, ' +
    'it needs an integration of its own. An HTTP API has at most 300 integrations. A ticket cannot raise this quota, and an integration above it is refused: that is an error. ' +
    'Otherwise a full quota is a warning, because the new link cannot be tried with a second integration beside the old one. Routes keep their IDs and both links exist, ' +
    'so the move does not affect the quotas of routes and links.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
  ],
  says: {
    QUOTA_NOT_READ: ({
      more,
      id,
      routes,
    }: {
      readonly more: number;
      readonly id: string;
      readonly routes: readonly string[];
    }) =>
      more === 0
        ? `${id} has room for one more integration`
        : `${id} has room for ${counted(more, 'more integration')} for ${listed(routes)} alone`,
    WITHIN_QUOTA: ({
      id,
      there,
      limit,
      more,
    }: {
      readonly id: string;
      readonly there: number;
      readonly limit: number;
      readonly more: number;
    }) =>
      `${id} has ${there} of ${limit} integrations, and the move needs ${more === 0 ? 'no new one' : `${more} more`}`,
    QUOTA_EXCEEDED: ({
      gateway,
      there,
      limit,
      routes,
      unusedCount,
      short,
      unused,
    }: {
      readonly gateway: string;
      readonly there: number;
      readonly limit: number;
      /** Set if they are to move alone. */
      readonly routes?: readonly string[] | undefined;
      readonly unusedCount: number;
      readonly short: number;
      readonly unused: readonly string[];
    }) => {
      const room =
        unusedCount >= short
          ? `Delete ${counted(short, 'integration')} that no route uses, such as ${unused.join(', ')}`
          : 'Make routes with the same backend share an integration, and delete the integrations that no route uses then';
      return routes === undefined
        ? {
            message: `${gateway} has ${there} of ${limit} integrations: the move changes them in place, and cannot be tried with another integration first`,
            remedy: `${room}, or move without a trial.`,
          }
        : {
            message: `${gateway} has ${there} of ${limit} integrations: ${listed(routes)} cannot move alone without an integration of its own, which would be refused`,
            remedy: `${room}, or move the routes together (without --route).`,
          };
    },
  },
} satisfies CheckWords;
