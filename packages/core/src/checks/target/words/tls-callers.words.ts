import type { Says } from '../../../findings/statement.js';

/** The texts of `tls-callers.ts`. */
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
    `the targets behind port ${port} of ${name} present a certificate for ${serverName === undefined ? 'their name' : serverName}`,
  ASKS_FOR_CERTIFICATE: ({
    port,
    name,
    by,
  }: {
    readonly port: number;
    readonly name: string;
    readonly by: string;
  }) => ({
    message: `port ${port} of ${name} requires a client certificate, and ${by} ${by.endsWith(' APIs') ? 'have' : 'has'} none`,
    remedy: `Write a listener of ${name} without mutual TLS, or set the mode of mutual TLS to off or passthrough.`,
  }),
  MUTUAL_TLS_NOT_READ: ({ port, name }: { readonly port: number; readonly name: string }) =>
    `port ${port} of ${name} accepts callers without a client certificate`,
} satisfies Says;
