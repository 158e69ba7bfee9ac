import type { DeclaredMove } from '@postern/core/internal/kinds';

/** What the next run does where a tool declares integrations on the old link. */
export const undone = ({ gateway, old }: Pick<DeclaredMove, 'gateway' | 'old'>): string =>
  `if Terraform, Pulumi or CloudFormation declares the integrations of ${gateway} on ${old}, the next run sets ${old} again`;
