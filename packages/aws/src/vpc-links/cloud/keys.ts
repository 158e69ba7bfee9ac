import type { SpecKeys } from '@postern/core/internal/kinds';

export const AWS_LINK_KEYS = {
  loadBalancer: {
    form: 'ID',
    about:
      'The name or ARN of the Network Load Balancer that a VPC link V1 leads to. It cannot be changed: another one needs a new link.',
    examples: ['orders-nlb'],
    absent: 'a VPC link V2 is created from `subnets`',
  },
} as const satisfies NonNullable<SpecKeys['link']>;
