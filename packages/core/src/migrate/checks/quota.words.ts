import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';

/** The texts of `migrate/quota`. */
export const migrateQuotaWords = {
  title: 'The API has room for an integration that the move may need',
  about:
    'A move changes the link of each integration in place, and so needs no new one, with one exception: where a route is to move alone (`--route`) and shares its integration with routes that stay, it needs ' +
    'one of its own. An HTTP API has 300 integrations at most, which no ticket raises, and one too many is refused: that is an error. Otherwise a full quota is a warning, because nobody can try ' +
    'the new link beside the old one with a second integration. Routes keep their ids and both links are there, so that no quota of routes or links is touched.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
    'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations-integrationid.html',
  ],
  says: {
    QUOTA_NOT_READ: ({ more, id, needs }: { readonly more: number; readonly id: string; readonly needs: string }) =>
      more === 0 ? `${id} has room for an integration beside the old one` : needs,
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
    }) => `${id} has ${there} of ${limit} integrations, and the move needs ${more === 0 ? 'no other' : `${more} more`}`,
    QUOTA_EXCEEDED: ({
      hasFirst,
      gateway,
      there,
      limit,
      routes,
      unusedCount,
      short,
      unused,
    }: {
      readonly hasFirst: boolean;
      readonly gateway: string;
      readonly there: number;
      readonly limit: number;
      readonly routes?: string | undefined;
      readonly unusedCount: number;
      readonly short: number;
      readonly unused: readonly string[];
    }) => ({
      message: !hasFirst
        ? `${gateway} has ${there} of ${limit} integrations: the move changes them in place, and there is no room to try it with another one first`
        : `${gateway} has ${there} of ${limit} integrations, and ${routes} cannot move alone without one of its own, which would be refused`,
      remedy: !hasFirst
        ? `${unusedCount >= short ? `Delete ${counted(short, 'integration')} that no route uses, such as ${unused.join(', ')}` : 'Let routes with the same backend share an integration and delete what no route uses then'}, or move without a trial.`
        : `${unusedCount >= short ? `Delete ${counted(short, 'integration')} that no route uses, such as ${unused.join(', ')}` : 'Let routes with the same backend share an integration and delete what no route uses then'}, or move the routes together (without --route).`,
    }),
  },
} satisfies CheckWords;
