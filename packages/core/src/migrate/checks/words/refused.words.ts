import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/refused`. */
export const migrateRefusedWords = {
  title: 'The gateway is of a kind that may move',
  about:
    'Groups that are sold on the Marketplace stay where their buyers find them. DataWorks Data Service cannot run on a VPC integration instance.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    REFUSAL_NOT_READ: () => 'the gateway is of a kind that may move',
    NOT_REFUSED: () => 'the gateway is of a kind that may move',
    ON_MARKETPLACE: ({ gateway }: { readonly gateway: string }) => ({
      message: `${gateway} is sold on the Marketplace`,
      remedy: 'Keep it on its current instance.',
    }),
  },
} satisfies CheckWords;
