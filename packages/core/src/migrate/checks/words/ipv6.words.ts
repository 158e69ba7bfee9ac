import type { CheckWords } from '../../../findings/statement.js';

/** The texts of `migrate/ipv6`. */
export const migrateIpv6Words = {
  title: 'The target instance has IPv6 enabled if the gateway is called over IPv6',
  about: 'A group with an IPv6 address needs a target instance that has IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  says: {
    IPV6_NOT_READ: () => 'calls over IPv6 still reach the gateway after the move',
    BOTH_IPV6: () => 'the gateway and the target instance both have IPv6',
    IPV6_LACKING: ({ gateway, linkId }: { readonly gateway: string; readonly linkId?: string | undefined }) => ({
      message: `${gateway} is called over IPv6, but IPv6 is not enabled on ${linkId ?? 'the target instance'}`,
      remedy: `Enable IPv6 on ${linkId ?? 'the target instance'} (ModifyInstanceAttribute, IPV6Enabled) before the move.`,
    }),
  },
} satisfies CheckWords;
