import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/custom-domain`. */
export const migrateCustomDomainWords = {
  title: 'Custom domains follow the gateway',
  about:
    "The move takes effect in DNS: the gateway's own domain leads to the target instance after one to ten minutes. A custom domain that points there by CNAME follows; one with an A " +
    'record stays at the old instance, which answers 410 (I410GG) once the old way has drained.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    FOLLOWS: ({ name }: { readonly name: string }) => `${name} follows by its CNAME`,
    RECORD_NOT_KNOWN: ({ name }: { readonly name: string }) => ({
      message: `nobody can say whether ${name} points to the gateway by CNAME`,
      remedy: `Look the name up: it must be a CNAME of the gateway's own domain.`,
    }),
    STAYS_BEHIND: ({ name, publicDomain }: { readonly name: string; readonly publicDomain?: string | undefined }) => ({
      message: `${name} does not point to the gateway's own domain by CNAME, and stays behind`,
      remedy: `Make ${name} a CNAME of ${publicDomain ?? "the gateway's own domain"} before the move.`,
    }),
  },
} satisfies CheckWords;
