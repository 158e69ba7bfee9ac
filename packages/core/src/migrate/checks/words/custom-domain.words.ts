import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/custom-domain`. */
export const migrateCustomDomainWords = {
  title: "Every custom domain is a CNAME of the gateway's own domain",
  about:
    "The move takes effect in DNS: the gateway's own domain points to the target instance after one to ten minutes. A custom domain that is a CNAME of it " +
    'follows. A custom domain with an A record still points to the old instance. That instance answers 410 (I410GG) once calls to it have drained.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    FOLLOWS: ({ name }: { readonly name: string }) => `${name} is a CNAME of the gateway's own domain`,
    RECORD_NOT_KNOWN: ({ name }: { readonly name: string }) => ({
      message: `cannot determine whether ${name} is a CNAME of the gateway's own domain`,
      remedy: `Look up ${name}: it must be a CNAME of the gateway's own domain.`,
    }),
    STAYS_BEHIND: ({ name, publicDomain }: { readonly name: string; readonly publicDomain?: string | undefined }) => ({
      message: `${name} is not a CNAME of the gateway's own domain: after the move it still points to the old instance`,
      remedy: `Change the DNS record of ${name} to a CNAME of ${publicDomain ?? "the gateway's own domain"} before the move.`,
    }),
  },
} satisfies CheckWords;
