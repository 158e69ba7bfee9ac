import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import type { Route } from '../../../../src/do/model/route.js';
import { CERTIFICATE, LISTENER } from '../aws-region.js';
import { served, error } from '../gateway/served.js';
import { restWorld } from '../rest-world.js';
import { checkTable } from '../run-check.js';
import { useNetworkBalancer } from './backends.js';
import { listener } from './health.js';
import { type World, awsWorld } from '../world.js';

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
    { why: 'covers the name', world: () => awsWorld(), verdict: 'pass', evidence: [CERTIFICATE] },
    {
      why: 'an end that is not a valid date',
      world: () => awsWorld(certificate({ notAfter: 'soon', valid: undefined })),
      verdict: 'unknown',
    },
    { why: 'a wildcard', world: () => awsWorld(certificate({ names: ['*.internal'] })), verdict: 'pass' },
    {
      why: 'a wildcard matches one label',
      world: () =>
        awsWorld((world) => {
          certificate({ names: ['*.internal'] })(world);
          Object.assign(world.targetSpec, { tls: { serverName: 'a.orders.internal' } });
        }),
      verdict: 'fail',
    },
    {
      why: 'another name',
      world: () => awsWorld(certificate({ names: ['stock.internal'] })),
      verdict: 'fail',
      severity: 'error',
      says: ['orders.internal', 'stock.internal'],
      evidence: [CERTIFICATE],
      remedy: ['stock.internal', 'postern apply'],
    },
    {
      why: 'expired',
      world: () => awsWorld(certificate({ notAfter: '2026-05-31T00:00:00Z', valid: false, nativeState: 'EXPIRED' })),
      verdict: 'fail',
      severity: 'error',
      says: ['expired on 2026-05-31'],
      remedy: ['Renew'],
    },
    {
      why: 'nearly expired',
      world: () => awsWorld(certificate({ notAfter: '2026-06-20T00:00:00Z' })),
      verdict: 'fail',
      severity: 'warning',
      says: ['in 19 days'],
    },
    {
      why: 'revoked',
      world: () => awsWorld(certificate({ valid: false, nativeState: 'REVOKED' })),
      verdict: 'fail',
      says: ['REVOKED'],
    },
    {
      why: 'one of several covers it',
      world: () =>
        awsWorld((world) => {
          world.copy('certificates', CERTIFICATE, { id: 'cert-2', names: ['stock.internal'] });
          listener({ certificateIds: ['cert-2', CERTIFICATE] })(world);
        }),
      verdict: 'pass',
    },
    {
      why: 'issued by a private authority',
      world: () => awsWorld(certificate({ issuer: 'private' })),
      verdict: 'fail',
      severity: 'error',
      says: ['private certificate authority'],
      remedy: ['public certificate authority'],
    },
    {
      why: 'one issued by a private authority beside a public one',
      world: () =>
        awsWorld((world) => {
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
      world: () => awsWorld(certificate({ issuer: 'imported' })),
      verdict: 'unknown',
      severity: 'warning',
      remedy: ['public certificate authority'],
    },
    {
      why: 'the issuer was not read',
      world: () => awsWorld(certificate({ issuer: undefined })),
      verdict: 'unknown',
    },
    {
      why: 'callers must present a client certificate',
      world: () => awsWorld(listener({ clientCertificates: 'required' })),
      verdict: 'fail',
      severity: 'error',
      evidence: [LISTENER],
      remedy: ['mutual TLS'],
    },
    {
      why: 'callers may present a client certificate',
      world: () => awsWorld(listener({ clientCertificates: 'passed' })),
      verdict: 'pass',
    },
    {
      why: 'whether callers must present a client certificate was not read',
      world: () => awsWorld(listener({ clientCertificates: undefined })),
      verdict: 'unknown',
      severity: 'warning',
    },
    {
      why: 'behind a listener that passes TLS through',
      world: () => awsWorld(useNetworkBalancer),
      verdict: 'unknown',
      severity: 'warning',
      evidence: [LISTENER],
      remedy: ['orders.internal'],
    },
    {
      why: 'certificates could not be read',
      world: () => awsWorld(({ withhold }) => withhold('certificates', 'acm:DescribeCertificate')),
      verdict: 'unknown',
      evidence: ['acm:DescribeCertificate'],
    },
    {
      why: 'the certificates of the listener were not read',
      world: () => awsWorld(listener({ certificateIds: undefined })),
      verdict: 'unknown',
    },
    {
      why: 'a certificate of IAM, which Certificate Manager does not list',
      world: () => awsWorld(listener({ certificateIds: ['arn:aws:iam::111122223333:server-certificate/old'] })),
      verdict: 'unknown',
    },
    {
      why: 'the spec requires no TLS',
      world: () => awsWorld(({ targetSpec }) => delete targetSpec.tls),
      verdict: 'nothing',
    },
  ]);
});
