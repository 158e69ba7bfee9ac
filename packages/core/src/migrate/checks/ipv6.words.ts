import type { CheckWords } from '../../findings/statement.js';

/** The texts of `migrate/ipv6`. */
export const migrateIpv6Words = {
  title: 'A gateway that is called over IPv6 still is',
  about: 'A group with an IPv6 address needs a target instance with IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    IPV6_NOT_READ: () => 'a gateway that is called over IPv6 still is',
    BOTH_IPV6: () => 'both have IPv6',
    IPV6_LACKING: ({ gateway, linkId }: { readonly gateway: string; readonly linkId?: string | undefined }) => ({
      message: `${gateway} is called over IPv6, which ${linkId ?? 'the target instance'} has not`,
      remedy: `Enable IPv6 on ${linkId ?? 'the target instance'} (ModifyInstanceAttribute, IPV6Enabled) before the move.`,
    }),
  },
} satisfies CheckWords;
