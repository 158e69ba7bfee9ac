import { describe, expect, it } from 'vitest';
import { newAccount as newNetwork, type Refusal } from '../load-balancing/account.js';
import { LEAF, PLAIN, ROOT } from './pem.js';

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
    expect(account.refusal('GetCertificate', { CertificateArn: arn })).toMatchObject({
      code: 'RequestInProgressException',
    });
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

  it.each([
    ['no domain', { DomainName: 'localhost' }, 'ValidationException'],
    [
      'too many domains',
      { SubjectAlternativeNames: Array.from({ length: 10 }, (_, index) => `a${index}.example.com`) },
      'LimitExceededException',
    ],
    ['a key of another kind', { KeyAlgorithm: 'DSA' }, 'ValidationException'],
    ['validation by HTTP', { ValidationMethod: 'HTTP' }, 'ValidationException'],
    [
      'the validation domain of another name',
      { DomainValidationOptions: [{ DomainName: 'a.example.com', ValidationDomain: 'example.org' }] },
      'InvalidDomainValidationOptionsException',
    ],
    [
      'a private authority',
      { CertificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/x' },
      'ResourceNotFoundException',
    ],
    ["AWS's own tag", { Tags: [{ Key: 'aws:a' }] }, 'InvalidTagException'],
  ])('cannot have %s', (_why, input, code) => {
    const account = newAccount();
    expect(account.refusal('RequestCertificate', { DomainName: 'a.example.com', ...input })).toMatchObject({ code });
    expect(account.acm('ListCertificates').CertificateSummaryList).toEqual([]);
  });

  it('has a quota', () => {
    const account = newAccount({ quotas: { certificates: 1 } });
    account.request('a.example.com');
    expect(account.refusal('RequestCertificate', { DomainName: 'b.example.com' })).toMatchObject({
      code: 'LimitExceededException',
    });
    expect(account.refusal('ImportCertificate', pair(LEAF))).toMatchObject({ code: 'LimitExceededException' });
  });
});

describe('an imported certificate', () => {
  it('is issued at once, with the data of the certificate', () => {
    const account = newAccount();
    const arn = account.import({ CertificateChain: bytes(ROOT.certificate) });
    expect(account.detail(arn)).toMatchObject({
      Type: 'IMPORTED',
      Status: 'ISSUED',
      DomainName: 'orders.internal',
      SubjectAlternativeNames: ['orders.internal', '*.orders.internal'],
      KeyAlgorithm: 'EC-prime256v1',
      SignatureAlgorithm: 'SHA256WITHECDSA',
      Issuer: 'Test Authority',
      RenewalEligibility: 'INELIGIBLE',
      DomainValidationOptions: undefined,
    });
    expect(account.acm('GetCertificate', { CertificateArn: arn })).toEqual({
      Certificate: LEAF.certificate,
      CertificateChain: ROOT.certificate,
    });
  });

  it('is named by its subject where it has no alternative names', () => {
    const account = newAccount();
    expect(account.detail(account.import(pair(PLAIN)))).toMatchObject({
      DomainName: 'plain.internal',
      SubjectAlternativeNames: ['plain.internal'],
      KeyAlgorithm: 'RSA-2048',
      SignatureAlgorithm: 'SHA256WITHRSA',
    });
  });

  it('keeps ARN and tags when it is imported again', () => {
    const account = newAccount();
    const CertificateArn = account.import({ Tags: [{ Key: 'a', Value: '1' }] });
    expect(account.import({ ...pair(PLAIN), CertificateArn })).toBe(CertificateArn);
    expect(account.detail(CertificateArn).DomainName).toBe('plain.internal');
    expect(account.acm('ListTagsForCertificate', { CertificateArn }).Tags).toEqual([{ Key: 'a', Value: '1' }]);
    const issued = account.request('a.example.com');
    expect(account.refusal('ImportCertificate', { ...pair(LEAF), CertificateArn: issued })).toMatchObject({
      code: 'ValidationException',
    });
  });

  it.each([
    ['no PEM', { Certificate: bytes('x') }, /Unable to parse certificate/],
    ['two certificates', { Certificate: bytes(LEAF.certificate + ROOT.certificate) }, /more than one certificate/],
    ['no key', { PrivateKey: bytes('x') }, /private key is not supported/],
    ['the key of another certificate', { PrivateKey: bytes(ROOT.key) }, /does not match/],
    [
      'the chain of another certificate',
      { CertificateChain: bytes(PLAIN.certificate) },
      /Could not validate the certificate with the certificate chain/,
    ],
    ['an empty chain', { CertificateChain: bytes('x') }, /Unable to parse certificate chain/],
    ['nothing', { Certificate: bytes('') }, /length/],
  ])('cannot be %s', (_why, input, message) => {
    const refusal = newAccount().refusal('ImportCertificate', { ...pair(LEAF), ...input });
    expect(refusal).toMatchObject({ code: 'ValidationException' });
    expect(refusal?.message).toMatch(message);
  });

  it('cannot have expired', () => {
    const account = newAccount({ startAt: '2200-01-01T00:00:00Z' });
    expect(account.refusal('ImportCertificate', pair(LEAF))?.message).toBe('The certificate has expired.');
  });
});

describe('lists', () => {
  it('show RSA keys of up to 2048 bits, unless others are requested', async () => {
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
});

describe('operations on a certificate', () => {
  it('tags are added and removed', () => {
    const account = newAccount();
    const CertificateArn = account.request('a.example.com', { Tags: [{ Key: 'a', Value: '1' }] });
    const tags = () => account.acm('ListTagsForCertificate', { CertificateArn }).Tags;
    account.acm('AddTagsToCertificate', { CertificateArn, Tags: [{ Key: 'b', Value: '2' }] });
    account.acm('RemoveTagsFromCertificate', { CertificateArn, Tags: [{ Key: 'a', Value: 'other' }] });
    expect(tags()).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    account.acm('RemoveTagsFromCertificate', { CertificateArn, Tags: [{ Key: 'a' }, { Key: 'b', Value: '2' }] });
    expect(tags()).toEqual([]);
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}` }));
    account.acm('AddTagsToCertificate', { CertificateArn, Tags });
    const more = { CertificateArn, Tags: [{ Key: 'one-more' }] };
    expect(account.refusal('AddTagsToCertificate', more)).toMatchObject({ code: 'TooManyTagsException' });
  });

  it('options of certificates that Amazon issues are changed', () => {
    const account = newAccount();
    const CertificateArn = account.request('a.example.com');
    const Options = { CertificateTransparencyLoggingPreference: 'DISABLED' };
    account.acm('UpdateCertificateOptions', { CertificateArn, Options });
    expect(account.detail(CertificateArn).Options).toMatchObject(Options);
    expect(account.refusal('UpdateCertificateOptions', { CertificateArn: account.import(), Options })).toMatchObject({
      code: 'InvalidStateException',
    });
  });

  it('it is deleted, and then it is not found', () => {
    const account = newAccount();
    const CertificateArn = account.request('a.example.com');
    account.acm('DeleteCertificate', { CertificateArn });
    expect(account.refusal('DeleteCertificate', { CertificateArn })).toMatchObject({
      code: 'ResourceNotFoundException',
    });
    expect(
      account.refusal('DescribeCertificate', { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:other/x' }),
    ).toMatchObject({
      code: 'InvalidArnException',
    });
  });
});
