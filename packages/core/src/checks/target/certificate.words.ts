import type { CheckWords } from '../../findings/statement.js';
import { counted } from '../../text/counted.js';
import { tlsCallersSays } from './tls-callers.words.js';

/** The texts of `target/certificate`. */
export const targetCertificateWords = {
  title: "The listener's certificate covers the name, and is valid",
  about:
    'With `tls.serverName` the gateway compares that name with the certificate that the listener shows; a wildcard stands for one ' +
    'label. Where no certificate covers it, or it has expired, every call fails ("Host name does not match the certificate ' +
    'subject provided by the peer"). One that ends within thirty days is a warning: managed renewal should have happened by then. ' +
    'A name alone does not do: gateways of HTTP APIs take certificates of public authorities only, and have none of their own for a ' +
    'listener that asks callers for one. Behind a listener that passes TLS on nobody sees which certificate answers.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
    'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
    'https://www.rfc-editor.org/rfc/rfc9525#section-6.3',
  ],
  says: {
    ...tlsCallersSays,
    CERTIFICATES_NOT_READ: ({
      listener,
      serverName,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
    }) => `a certificate of ${listener} covers ${serverName ?? 'the name that is asked for'}`,
    NOT_COVERED: ({
      listener,
      serverName,
      names,
      firstName,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
      readonly firstName?: string | undefined;
    }) => ({
      message: `no certificate of ${listener} covers ${serverName ?? 'any name'}: ${names.join(', ') || 'it has none'}`,
      remedy:
        firstName === undefined
          ? `Give ${listener} a certificate for ${serverName ?? 'its name'}.`
          : `Write one of its names (${names.join(', ')}) as tls.serverName and run \`postern apply\`, or give ${listener} a certificate for ${serverName}.`,
    }),
    NOT_VALID: ({
      listener,
      serverName,
      names,
      days,
      notAfter,
      nativeState,
      resourceOf,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
      readonly days: number;
      readonly notAfter?: string | undefined;
      readonly nativeState?: string | undefined;
      readonly resourceOf: string;
    }) => ({
      message: `the certificate of ${listener} for ${serverName ?? names.join(', ')} ${days < 0 ? `expired on ${notAfter}` : `is ${nativeState ?? 'not valid'}`}`,
      remedy: `Renew ${resourceOf}, or give ${listener} one that is valid.`,
    }),
    VALIDITY_NOT_READ: ({ listener }: { readonly listener: string }) => `the certificate of ${listener} is valid`,
    PRIVATE_AUTHORITY: ({
      listener,
      serverName,
      names,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
    }) => ({
      message: `the certificate of ${listener} for ${serverName ?? names.join(', ')} is of a private authority, which HTTP APIs do not take`,
      remedy: `Give ${listener} a certificate of a public authority, such as one that Certificate Manager issues.`,
    }),
    EXPIRES: ({
      listener,
      serverName,
      names,
      notAfter,
      days,
      resourceOf,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
      readonly notAfter?: string | undefined;
      readonly days: number;
      readonly resourceOf: string;
    }) => ({
      message: `the certificate of ${listener} for ${serverName ?? names.join(', ')} expires on ${notAfter}, in ${counted(days, 'day')}`,
      remedy: `Renew ${resourceOf} before ${notAfter}.`,
    }),
    AUTHORITY_NOT_READ: ({ listener }: { readonly listener: string }) =>
      `the certificate of ${listener} is of a public authority`,
    COVERED: ({
      listener,
      serverName,
      names,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
    }) => `the certificate of ${listener} covers ${serverName ?? names.join(', ')}`,
  },
} satisfies CheckWords;
