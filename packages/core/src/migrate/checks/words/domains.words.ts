import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/domains`. */
export const migrateDomainsWords = {
  title: 'The target instance has every kind of domain that the gateway is called by',
  about:
    'If a group is called by its VPC domain or its intranet domain, the target instance must have that kind of domain enabled, for the VPC of the same callers. ' +
    'Otherwise the domain name points to no instance after the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/doc-detail/182996',
  ],
  says: {
    DOMAINS_NOT_READ: ({ linkId }: { readonly linkId?: string | undefined }) =>
      `${linkId ?? 'the target instance'} has every kind of domain that the gateway is called by`,
    DOMAIN_OFFERED: ({ id, what }: { readonly id: string; readonly what: string }) => `${id} has ${what}`,
    DOMAIN_NOT_KNOWN: ({ message, remedy }: { readonly message: string; readonly remedy: string }) => ({
      message: message,
      remedy: remedy,
    }),
    DOMAIN_LACKING: ({
      what,
      name,
      id,
      kind,
    }: {
      readonly what: string;
      readonly name: string;
      readonly id: string;
      readonly kind: string;
    }) => ({
      message: `the gateway is called by ${what} (${name}), but ${id} does not have one`,
      remedy: `Enable ${what} on ${id} before the move${kind === 'intranet' ? ' (ModifyInstanceAttribute, VpcSlbIntranetEnable)' : ', in the console'}.`,
    }),
  },
} satisfies CheckWords;
