import type { CheckWords } from '../../../findings/statement.js';
import { counted } from '../../../text/counted.js';
import { tlsCallersSays } from './tls-callers.words.js';

/** The texts of `target/certificate`. */
export const targetCertificateWords = {
  title: 'The certificate of the listener is valid and covers the server name',
  about:
    'With `tls.serverName` the gateway compares that name with the certificate that the listener presents. ' +
    'A wildcard matches exactly one label. If no certificate covers the name, or it has expired, every call fails ' +
    '("Host name does not match the certificate subject provided by the peer"). A certificate that expires within thirty days is a ' +
    'warning: managed renewal should have renewed it by then. A matching name is not sufficient. HTTP APIs accept only certificates ' +
    'of public certificate authorities, and have no client certificate for a listener that requires one. An integration of a REST API with ' +
    '`tlsConfig.insecureSkipVerification` accepts those of any authority, if the name and the dates are right. ' +
    'If a listener passes TLS through to a load balancer, the listener of that load balancer is checked. The certificate of other targets ' +
    'behind it cannot be determined.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integration-tls-config.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html',
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
    }) => `a certificate of the listener on ${listener} covers ${serverName ?? 'the requested name'}`,
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
      message: `no certificate of the listener on ${listener} covers ${serverName ?? 'any name'}; covered names: ${names.join(', ') || 'none'}`,
      remedy:
        firstName === undefined
          ? `Add a certificate for ${serverName ?? 'its name'} to the listener on ${listener}.`
          : `Write one of the covered names (${names.join(', ')}) as tls.serverName and run \`postern apply\`, or add a certificate for ${serverName} to the listener on ${listener}.`,
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
      message: `the certificate of the listener on ${listener} for ${serverName ?? names.join(', ')} ${days < 0 ? `expired on ${notAfter}` : `is ${nativeState ?? 'not valid'}`}`,
      remedy: `Renew ${resourceOf}, or add a valid certificate to that listener.`,
    }),
    VALIDITY_NOT_READ: ({ listener }: { readonly listener: string }) =>
      `the certificate of the listener on ${listener} is valid`,
    PRIVATE_AUTHORITY: ({
      listener,
      serverName,
      names,
      api,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
      /** What calls it: `HTTP APIs`. */
      readonly api: string;
    }) => ({
      message: `the certificate of the listener on ${listener} for ${serverName ?? names.join(', ')} is issued by a private certificate authority, which ${api} do not accept`,
      remedy: `Add a certificate of a public certificate authority to the listener on ${listener}, such as one that Certificate Manager issues.`,
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
      message: `the certificate of the listener on ${listener} for ${serverName ?? names.join(', ')} expires on ${notAfter}, in ${counted(days, 'day')}`,
      remedy: `Renew ${resourceOf} before ${notAfter}.`,
    }),
    AUTHORITY_NOT_READ: ({ listener }: { readonly listener: string }) =>
      `the certificate of the listener on ${listener} is issued by a public certificate authority`,
    COVERED: ({
      listener,
      serverName,
      names,
    }: {
      readonly listener: string;
      readonly serverName?: string | undefined;
      readonly names: readonly string[];
    }) => `the certificate of the listener on ${listener} covers ${serverName ?? names.join(', ')}`,
  },
} satisfies CheckWords;
