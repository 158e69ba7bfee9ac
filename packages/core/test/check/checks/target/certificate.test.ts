import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import type { Route } from '../../../../src/do/model/route.js';
import { CERTIFICATE, LISTENER } from '../aws-region.js';
import { served, error } from '../gateway/served.js';
import { restWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { listener } from './listener.js';
import { type World, aws } from '../world.js';

/** A listener of a private authority's certificate. */
const privateAuthority = (change: Partial<Route>) => (world: World) => {
  world.region.certificates?.forEach((one) => Object.assign(one, { issuer: 'private' }));
  served(change)(world);
};

describe('the authority of the certificate', () => {
  checkTable(targetCertificate, [
    {
      ...error,
      why: 'is checked by a REST API',
      world: () => restWorld(privateAuthority({})),
      says: ['which REST APIs do not accept'],
    },
    {
      why: 'is not checked by an integration that skips it',
      world: () => restWorld(privateAuthority({ anyAuthority: true })),
      verdict: 'pass',
    },
    {
      ...error,
      why: 'does not matter where the name is another one',
      world: () =>
        restWorld((world) => {
          privateAuthority({ anyAuthority: true })(world);
          world.region.certificates?.forEach((one) => Object.assign(one, { names: ['other.internal'] }));
        }),
      says: ['orders.internal'],
    },
  ]);
});

describe('target/certificate', () => {
  const certificate =
    (changes: object) =>
    ({ the }: World) => {
      Object.assign(the('certificates', CERTIFICATE), changes);
    };
  checkTable(targetCertificate, [
    { why: 'covers the name', world: aws(), verdict: 'pass', evidence: [CERTIFICATE] },
    {
      why: 'an end that is not a valid date',
      world: aws(certificate({ notAfter: 'soon', valid: undefined })),
      verdict: 'unknown',
      code: 'VALIDITY_NOT_READ',
    },
    { why: 'a wildcard', world: aws(certificate({ names: ['*.internal'] })), verdict: 'pass' },
    {
      why: 'a wildcard matches one label',
      world: aws((world) => {
        certificate({ names: ['*.internal'] })(world);
        Object.assign(world.targetSpec, { tls: { serverName: 'a.orders.internal' } });
      }),
      verdict: 'fail',
      code: 'NOT_COVERED',
    },
    {
      why: 'another name',
      world: aws(certificate({ names: ['stock.internal'] })),
      verdict: 'fail',
      severity: 'error',
      says: ['orders.internal', 'stock.internal'],
      evidence: [CERTIFICATE],
      remedy: ['stock.internal', 'postern apply'],
    },
    {
      why: 'expired',
      world: aws(certificate({ notAfter: '2026-05-31T00:00:00Z', valid: false, nativeState: 'EXPIRED' })),
      verdict: 'fail',
      code: 'NOT_VALID',
      severity: 'error',
      says: ['expired on 2026-05-31'],
    },
    {
      why: 'nearly expired',
      world: aws(certificate({ notAfter: '2026-06-20T00:00:00Z' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['in 19 days'],
    },
    {
      why: 'revoked',
      world: aws(certificate({ valid: false, nativeState: 'REVOKED' })),
      verdict: 'fail',
      says: ['REVOKED'],
    },
    {
      why: 'one of several covers it',
      world: aws((world) => {
        world.copy('certificates', CERTIFICATE, { id: 'cert-2', names: ['stock.internal'] });
        listener({ certificateIds: ['cert-2', CERTIFICATE] })(world);
      }),
      verdict: 'pass',
    },
    {
      why: 'issued by a private authority',
      world: aws(certificate({ issuer: 'private' })),
      verdict: 'fail',
      code: 'PRIVATE_AUTHORITY',
      severity: 'error',
    },
    {
      why: 'one issued by a private authority beside a public one',
      world: aws((world) => {
        world.copy('certificates', CERTIFICATE, {
          id: 'cert-2',
          issuer: 'private',
          notAfter: '2030-01-01T00:00:00Z',
        });
        listener({ certificateIds: ['cert-2', CERTIFICATE] })(world);
      }),
      verdict: 'pass',
    },
    {
      why: 'an imported certificate',
      world: aws(certificate({ issuer: 'imported' })),
      verdict: 'unknown',
      severity: 'warning',
      remedy: ['public certificate authority'],
    },
    {
      why: 'the issuer was not read',
      world: aws(certificate({ issuer: undefined })),
      verdict: 'unknown',
      code: 'AUTHORITY_NOT_READ',
    },
    {
      why: 'callers must present a client certificate',
      world: aws(listener({ clientCertificates: 'required' })),
      verdict: 'fail',
      code: 'ASKS_FOR_CERTIFICATE',
      severity: 'error',
      evidence: [LISTENER],
    },
    {
      why: 'callers may present a client certificate',
      world: aws(listener({ clientCertificates: 'passed' })),
      verdict: 'pass',
    },
    {
      why: 'whether callers must present a client certificate was not read',
      world: aws(listener({ clientCertificates: undefined })),
      verdict: 'unknown',
      code: 'MUTUAL_TLS_NOT_READ',
      severity: 'warning',
    },
    {
      why: 'behind a listener that passes TLS through',
      world: aws(useNetworkBalancer),
      verdict: 'unknown',
      severity: 'warning',
      evidence: [LISTENER],
      remedy: ['orders.internal'],
    },
    {
      why: 'certificates could not be read',
      world: aws(({ withhold }) => withhold('certificates', 'acm:DescribeCertificate')),
      verdict: 'unknown',
      code: 'CERTIFICATES_NOT_READ',
      evidence: ['acm:DescribeCertificate'],
    },
    {
      why: 'the certificates of the listener were not read',
      world: aws(listener({ certificateIds: undefined })),
      verdict: 'unknown',
      code: 'CERTIFICATES_NOT_READ',
    },
    {
      why: 'a certificate of IAM, which Certificate Manager does not list',
      world: aws(listener({ certificateIds: ['arn:aws:iam::111122223333:server-certificate/old'] })),
      verdict: 'unknown',
      code: 'CERTIFICATES_NOT_READ',
    },
    { why: 'the spec requires no TLS', world: aws(({ targetSpec }) => delete targetSpec.tls), verdict: 'nothing' },
  ]);
});
