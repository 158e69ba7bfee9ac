import type { MoveRemedies } from '@postern/core/kinds';

/** Changes of integrations in API Gateway. */
export const AWS_MOVE_REMEDIES: MoveRemedies = {
  lead: ({ uses }, where) => `point the integration of ${uses} to ${where} (UpdateIntegration, IntegrationUri)`,
  byCheck: {
    'target/protocol': ({ uses, isTls, lead }) =>
      isTls
        ? `Remove TlsConfig from the integration of ${uses} (UpdateIntegration), or ${lead('a listener for HTTPS')}.`
        : `Set ServerNameToVerify in TlsConfig of the integration of ${uses} to the name on the listener's certificate (UpdateIntegration), or ${lead('a listener for HTTP')}.`,
    // Its other remedies do not mention a spec.
    'target/cloud-map': ({ code, lead }) => (code === 'SERVICE_ABSENT' ? `${lead('an existing service')}.` : undefined),
  },
};
