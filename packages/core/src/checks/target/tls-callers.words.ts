import type { Says } from '../../findings/statement.js';

/** What is said by `tls-callers.ts`. */
export const tlsCallersSays = {
  TLS_PASSED_ON: ({
    port,
    name,
    serverName,
  }: {
    readonly port: number;
    readonly name: string;
    readonly serverName?: string | undefined;
  }) =>
    `what stands behind port ${port} of ${name} shows a certificate for ${serverName === undefined ? 'its name' : serverName}`,
  ASKS_FOR_CERTIFICATE: ({ port, name }: { readonly port: number; readonly name: string }) => ({
    message: `port ${port} of ${name} asks callers for a certificate, and HTTP APIs have none to show`,
    remedy: `Write a listener of ${name} without mutual TLS, or switch its mode to off or passthrough.`,
  }),
  MUTUAL_TLS_NOT_READ: ({ port, name }: { readonly port: number; readonly name: string }) =>
    `port ${port} of ${name} takes callers without a certificate`,
} satisfies Says;
