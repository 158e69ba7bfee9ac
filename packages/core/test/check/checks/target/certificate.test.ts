import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import type { Route } from '../../../../src/do/model/route.js';
import { CERTIFICATE, LISTENER } from '../aws-region.js';
import { served } from '../gateway/served.js';
import { rest } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { listener } from './listener.js';
import { type World, aws, withhold, copy } from '../world.js';
import { edit } from '../edits.js';

/** A listener of a private authority's certificate. */
const privateAuthority = (change: Partial<Route>) => (world: World) => {
  world.region.certificates?.forEach((one) => Object.assign(one, { issuer: 'private' }));
  served(change)(world);
};

describe('the authority of the certificate', () => {
  checkTable(targetCertificate, {
    'is checked by a REST API': [
      rest(privateAuthority({})),
      'error PRIVATE_AUTHORITY',
      'which REST APIs do not accept',
    ],
    'is not checked by an integration that skips it': [rest(privateAuthority({ anyAuthority: true })), 'pass COVERED'],
    'does not matter where the name is another one': [
      rest(privateAuthority({ anyAuthority: true }), { 'certificates.*.names': ['other.internal'] }),
      'error NOT_COVERED',
      'orders.internal',
    ],
  });
});

describe('target/certificate', () => {
  const certificate = (changes: object) => edit({ 'certificates.orders': changes });
  checkTable(targetCertificate, {
    'covers the name': [aws(), 'pass COVERED', { evidence: CERTIFICATE }],
    'an end that is not a valid date': [
      aws(certificate({ notAfter: 'soon', valid: undefined })),
      'unknown VALIDITY_NOT_READ',
    ],
    'a wildcard': [aws(certificate({ names: ['*.internal'] })), 'pass COVERED'],
    'a wildcard matches one label': [
      aws(certificate({ names: ['*.internal'] }), { 'targetSpec.tls': { serverName: 'a.orders.internal' } }),
      'error NOT_COVERED',
      { remedy: 'Write one of the covered names (orders.internal) as' },
    ],
    'another name': [
      aws(certificate({ names: ['stock.internal'] })),
      'error NOT_COVERED',
      {
        says: ['orders.internal', 'stock.internal'],
        evidence: CERTIFICATE,
        remedy: ['stock.internal', 'postern apply'],
      },
    ],
    expired: [
      aws(certificate({ notAfter: '2026-05-31T00:00:00Z', valid: false, nativeState: 'EXPIRED' })),
      'error NOT_VALID',
      'expired on 2026-05-31',
    ],
    'nearly expired': [aws(certificate({ notAfter: '2026-06-20T00:00:00Z' })), 'warning EXPIRES', 'in 19 days'],
    revoked: [aws(certificate({ valid: false, nativeState: 'REVOKED' })), 'error NOT_VALID', 'REVOKED'],
    'one of several covers it': [
      aws(
        copy('certificates', CERTIFICATE, { id: 'cert-2', names: ['stock.internal'] }),
        listener({ certificateIds: ['cert-2', CERTIFICATE] }),
      ),
      'pass COVERED',
    ],
    'issued by a private authority': [aws(certificate({ issuer: 'private' })), 'error PRIVATE_AUTHORITY'],
    'one issued by a private authority beside a public one': [
      aws(
        copy('certificates', CERTIFICATE, {
          id: 'cert-2',
          issuer: 'private',
          notAfter: '2030-01-01T00:00:00Z',
        }),
        listener({ certificateIds: ['cert-2', CERTIFICATE] }),
      ),
      'pass COVERED',
    ],
    'an imported certificate': [
      aws(certificate({ issuer: 'imported' })),
      'unknown warning AUTHORITY_NOT_READ',
      { remedy: 'public certificate authority' },
    ],
    'the issuer was not read': [aws(certificate({ issuer: undefined })), 'unknown AUTHORITY_NOT_READ'],
    'callers must present a client certificate': [
      aws(listener({ clientCertificates: 'required' })),
      'error ASKS_FOR_CERTIFICATE',
      { evidence: LISTENER },
    ],
    'callers may present a client certificate': [aws(listener({ clientCertificates: 'passed' })), 'pass COVERED'],
    'whether callers must present a client certificate was not read': [
      aws(listener({ clientCertificates: undefined })),
      'unknown warning MUTUAL_TLS_NOT_READ',
    ],
    'behind a listener that passes TLS through': [
      aws(useNetworkBalancer),
      'unknown warning TLS_PASSED_ON',
      { evidence: LISTENER, remedy: 'orders.internal' },
    ],
    'certificates could not be read': [
      aws(withhold('certificates', 'acm:DescribeCertificate')),
      'unknown CERTIFICATES_NOT_READ',
      { evidence: 'acm:DescribeCertificate' },
    ],
    'the certificates of the listener were not read': [
      aws(listener({ certificateIds: undefined })),
      'unknown CERTIFICATES_NOT_READ',
    ],
    'a certificate of IAM, which Certificate Manager does not list': [
      aws(listener({ certificateIds: ['arn:aws:iam::111122223333:server-certificate/old'] })),
      'unknown CERTIFICATES_NOT_READ',
    ],
    'the spec requires no TLS': [aws({ 'targetSpec.tls': undefined }), 'nothing'],
  });
});
