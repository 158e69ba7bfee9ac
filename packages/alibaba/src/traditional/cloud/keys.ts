import type { SpecKeys } from '@postern/core/internal/kinds';

/** The keys of links that instances alone have. */
export const INSTANCE_KEYS = {
  instanceCidr: {
    form: 'CIDR block',
    about: "The block of the instance's own side: 192.168.0.0/16 or 172.16.0.0/12. It cannot be changed.",
    examples: ['172.16.0.0/12'],
    absent: 'the one of the two that overlaps no vSwitch of the instance',
  },
} as const satisfies NonNullable<SpecKeys['link']>;
