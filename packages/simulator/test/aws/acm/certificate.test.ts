import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount as newNetwork, type Refusal } from '../load-balancing/account.js';
import { DEEP, LEAF, MIDDLE, PLAIN, ROOT } from './pem.js';

type Row = Readonly<Record<string, any>>;

const MINUTES = 60_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const pair = ({ certificate, key }: { certificate: string; key: string }): Row => ({
  Certificate: bytes(certificate),
  PrivateKey: bytes(key),
});

function newAccount(options: Parameters<typeof newNetwork>[0] = {}) {
  const account = newNetwork(options);
  const acm = (operation: string, input: Row = {}): any => account.call('acm', operation, input);
  return {
    ...account,
    acm,
    answer: (operation: string, input: Row, service: any = 'acm') => account.call(service, operation, input),
    detail: (CertificateArn: string): any => acm('DescribeCertificate', { CertificateArn }).Certificate,
    refusal: (operation: string, input: Row = {}): Refusal => account.refusalOf('acm', operation, input),
    request: (DomainName: string, input: Row = {}): string =>
      acm('RequestCertificate', { DomainName, ValidationMethod: 'DNS', ...input }).CertificateArn,
    import: (input: Row = {}): string => acm('ImportCertificate', { ...pair(LEAF), ...input }).CertificateArn,
  };
}

describe('a certificate that Amazon issues', () => {
  it('is pending validation, then issued minutes later', async () => {
    const account = newAccount();
    const arn = account.request('orders.example.com', { SubjectAlternativeNames: ['*.orders.example.com'] });
    expect(arn).toMatch(/^arn:aws:acm:eu-west-1:111122223333:certificate\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const before = account.detail(arn);
    expect(before).toMatchObject({ Status: 'PENDING_VALIDATION', Type: 'AMAZON_ISSUED', NotAfter: undefined });
    const [bare, wildcard] = before.DomainValidationOptions;
    expect(bare.ResourceRecord.Name).toMatch(/^_[0-9a-f]{32}\.orders\.example\.com\.$/);
    expect(wildcard.ResourceRecord).toEqual(bare.ResourceRecord);
    await account.advance(10 * MINUTES);
    const after = account.detail(arn);
    expect(after).toMatchObject({ Status: 'ISSUED', Issuer: 'Amazon', KeyAlgorithm: 'RSA-2048', InUseBy: [] });
    expect(after.DomainValidationOptions[0].ValidationStatus).toBe('SUCCESS');
    expect(after.NotAfter.getTime() - after.NotBefore.getTime()).toBeGreaterThan(390 * 24 * 60 * MINUTES);
    await account.advance(400 * 24 * 60 * MINUTES);
    expect(account.detail(arn).Status).toBe('EXPIRED');
  });

  it('is validated by e-mail, if requested', () => {
    const account = newAccount();
    const options = { DomainValidationOptions: [{ DomainName: 'a.example.com', ValidationDomain: 'example.com' }] };
    const [only] = account.detail(
      account.request('a.example.com', { ValidationMethod: 'EMAIL', ...options }),
    ).DomainValidationOptions;
    expect(only).toMatchObject({ ValidationDomain: 'example.com', ValidationMethod: 'EMAIL' });
    expect(only.ValidationEmails).toContain('admin@example.com');
  });

  it('is the same certificate for one token, for an hour', async () => {
    const account = newAccount();
    const first = account.request('a.example.com', { IdempotencyToken: 'one' });
    expect(account.request('a.example.com', { IdempotencyToken: 'one' })).toBe(first);
    expect(account.request('b.example.com', { IdempotencyToken: 'one' })).not.toBe(first);
    await account.advance(61 * MINUTES);
    expect(account.request('a.example.com', { IdempotencyToken: 'one' })).not.toBe(first);
  });
});

answers('a certificate that Amazon issues', newAccount)`
  cannot have other domains or keys
    RequestCertificate {DomainName: localhost} !ValidationException # no domain
    # too many domains
    RequestCertificate {DomainName: a.example.com,
      SubjectAlternativeNames: ${Array.from({ length: 10 }, (_, index) => `a${index}.example.com`)}}
      !LimitExceededException
    RequestCertificate {DomainName: a.example.com, KeyAlgorithm: DSA} !ValidationException # a key of another kind
    RequestCertificate {DomainName: a.example.com, ValidationMethod: HTTP} !ValidationException # validation by HTTP
    # the validation domain of another name
    RequestCertificate {DomainName: a.example.com, DomainValidationOptions: [{DomainName: a.example.com,
      ValidationDomain: example.org}]} !InvalidDomainValidationOptionsException
    # a private authority
    RequestCertificate {DomainName: a.example.com,
      CertificateAuthorityArn: arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x}
      !ResourceNotFoundException
    RequestCertificate {DomainName: a.example.com, Tags: [{Key: aws:a}]} !InvalidTagException # AWS's own tag
    ListCertificates -> {CertificateSummaryList: []}
`;

answers('a certificate that Amazon issues', () => newAccount({ quotas: { certificates: 1 } }))`
  has a quota
    request a.example.com
    RequestCertificate {DomainName: b.example.com} !LimitExceededException
    ImportCertificate ${pair(LEAF)} !LimitExceededException
`;

answers('an imported certificate', newAccount)`
  is issued at once, with the data of the certificate
    arn = import {CertificateChain: ${bytes(ROOT.certificate)}}
    detail $arn
      -> {Type: IMPORTED, Status: ISSUED, DomainName: orders.internal, SubjectAlternativeNames: [orders.internal,
      '*.orders.internal'], KeyAlgorithm: EC-prime256v1, SignatureAlgorithm: SHA256WITHECDSA, Issuer: Test Authority,
      RenewalEligibility: INELIGIBLE, DomainValidationOptions: absent}
  is named by its subject where it has no alternative names
    import2 = import ${pair(PLAIN)}
    detail $import2
      -> {DomainName: plain.internal, SubjectAlternativeNames: [plain.internal], KeyAlgorithm: RSA-2048,
      SignatureAlgorithm: SHA256WITHRSA}
  may have a chain of several certificates, each signed by the next
    import {<<: ${pair(DEEP)}, CertificateChain: ${bytes(MIDDLE + ROOT.certificate)}}
    ImportCertificate {<<: ${pair(DEEP)}, CertificateChain: ${bytes(ROOT.certificate + MIDDLE)}}
      !ValidationException /Could not validate the certificate with the certificate chain/
    ImportCertificate {<<: ${pair(DEEP)}, CertificateChain: ${bytes(MIDDLE + PLAIN.certificate)}}
      !ValidationException /Could not validate the certificate with the certificate chain/
  keeps ARN and tags when it is imported again
    CertificateArn = import {Tags: [{Key: a, Value: '1'}]}
    import {<<: ${pair(PLAIN)}, CertificateArn: $CertificateArn} == $CertificateArn
    detail $CertificateArn -> {DomainName: plain.internal}
    ListTagsForCertificate {CertificateArn: $CertificateArn} -> {Tags=: [{Key: a, Value: '1'}]}
    issued = request a.example.com
    ImportCertificate {<<: ${pair(LEAF)}, CertificateArn: $issued} !ValidationException
  cannot be anything but a certificate with its key
    # no PEM
    ImportCertificate {<<: ${pair(LEAF)}, Certificate: ${bytes('x')}} !ValidationException /Unable to parse certificate/
    # two certificates
    ImportCertificate {<<: ${pair(LEAF)}, Certificate: ${bytes(LEAF.certificate + ROOT.certificate)}}
      !ValidationException /more than one certificate/
    # no key
    ImportCertificate {<<: ${pair(LEAF)}, PrivateKey: ${bytes('x')}} !ValidationException /private key is not supported/
    # the key of another certificate
    ImportCertificate {<<: ${pair(LEAF)}, PrivateKey: ${bytes(ROOT.key)}} !ValidationException /does not match/
    # the chain of another certificate
    ImportCertificate {<<: ${pair(LEAF)}, CertificateChain: ${bytes(PLAIN.certificate)}}
      !ValidationException /Could not validate the certificate with the certificate chain/
    # an empty chain
    ImportCertificate {<<: ${pair(LEAF)}, CertificateChain: ${bytes('x')}}
      !ValidationException /Unable to parse certificate chain/
    ImportCertificate {<<: ${pair(LEAF)}, Certificate: ${bytes('')}} !ValidationException /length/ # nothing
`;

answers('an imported certificate', () => newAccount({ startAt: '2200-01-01T00:00:00Z' }))`
  cannot have expired
    ImportCertificate ${pair(LEAF)} !ValidationException: The certificate has expired.
`;

it('lists: show RSA keys of up to 2048 bits, unless others are requested', async () => {
  const account = newAccount();
  const rsa = account.request('a.example.com');
  const curve = account.import();
  const issued = account.request('b.example.com');
  await account.advance(10 * MINUTES);
  const pending = account.request('c.example.com');
  const list = (input: Row = {}): string[] =>
    account.acm('ListCertificates', input).CertificateSummaryList.map((row: Row) => row['CertificateArn']);
  expect(list()).toEqual([rsa, issued, pending]);
  expect(list({ Includes: { keyTypes: ['EC_prime256v1'] } })).toEqual([curve]);
  expect(list({ CertificateStatuses: ['PENDING_VALIDATION'] })).toEqual([pending]);
  expect(list({ Includes: { extendedKeyUsage: ['TLS_WEB_SERVER_AUTHENTICATION'] } })).toEqual([rsa, issued]);
  expect(list({ Includes: { keyUsage: ['CRL_SIGNING'] } })).toEqual([]);
  expect(list({ Includes: { exportOption: 'ENABLED' } })).toEqual([]);
  expect(list({ SortBy: 'CREATED_AT', SortOrder: 'DESCENDING' })[0]).toBe(pending);
  expect(account.refusal('ListCertificates', { SortBy: 'CREATED_AT' })).toMatchObject({
    code: 'InvalidArgsException',
  });
  const paged: string[] = [];
  let NextToken: string | undefined;
  do {
    const answer = account.acm('ListCertificates', { MaxItems: 1, NextToken });
    paged.push(...answer.CertificateSummaryList.map((row: Row) => row['CertificateArn']));
    ({ NextToken } = answer);
  } while (NextToken !== undefined);
  expect(paged).toEqual(list());
  expect(account.refusal('ListCertificates', { NextToken: 'x' })).toMatchObject({ code: 'ValidationException' });
});

answers('operations on a certificate', newAccount)`
  tags are added and removed
    CertificateArn = request [a.example.com, {Tags: [{Key: a, Value: '1'}]}]
    AddTagsToCertificate {CertificateArn: $CertificateArn, Tags: [{Key: b, Value: '2'}]}
    RemoveTagsFromCertificate {CertificateArn: $CertificateArn, Tags: [{Key: a, Value: other}]}
    ListTagsForCertificate {CertificateArn: $CertificateArn} -> {Tags=: [{Key: a, Value: '1'}, {Key: b, Value: '2'}]}
    RemoveTagsFromCertificate {CertificateArn: $CertificateArn, Tags: [{Key: a}, {Key: b, Value: '2'}]}
    ListTagsForCertificate {CertificateArn: $CertificateArn} -> {Tags: []}
    AddTagsToCertificate {CertificateArn: $CertificateArn,
      Tags: ${Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}` }))}}
    AddTagsToCertificate {CertificateArn: $CertificateArn, Tags: [{Key: one-more}]} !TooManyTagsException
  options of certificates that Amazon issues are changed
    CertificateArn = request a.example.com
    UpdateCertificateOptions {CertificateArn: $CertificateArn,
      Options: {CertificateTransparencyLoggingPreference: DISABLED}}
    detail $CertificateArn -> {Options: {CertificateTransparencyLoggingPreference: DISABLED}}
    import2 = import
    UpdateCertificateOptions {CertificateArn: $import2, Options: {CertificateTransparencyLoggingPreference: DISABLED}}
      !InvalidStateException
  it is deleted, and then it is not found
    CertificateArn = request a.example.com
    DeleteCertificate {CertificateArn: $CertificateArn}
    DeleteCertificate {CertificateArn: $CertificateArn} !ResourceNotFoundException
    DescribeCertificate {CertificateArn: arn:aws:acm:eu-west-1:111122223333:other/x} !InvalidArnException
`;
