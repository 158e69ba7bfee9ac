import { describe, expect, it } from 'vitest';
import { bad, newAccount } from './deployed-account.js';

const generated = (account: ReturnType<typeof newAccount>, more: object = {}) =>
  account.rest('GenerateClientCertificate', { description: 'of prod', ...more });

describe('client certificates', () => {
  it('end 365 days after they are generated', () => {
    const account = newAccount();
    const made = generated(account, { tags: { team: 'a' } });
    expect(made).toMatchObject({
      clientCertificateId: expect.stringMatching(/^[a-z0-9]{6}$/),
      description: 'of prod',
      createdDate: new Date('2026-06-01T00:00:00Z'),
      expirationDate: new Date('2027-06-01T00:00:00Z'),
      tags: { team: 'a' },
    });
    const { clientCertificateId } = made;
    expect(account.rest('GetClientCertificate', { clientCertificateId })).toEqual(made);
    expect(account.rest('GetClientCertificates').items).toEqual([made]);
  });

  it('have a description that changes, and are deleted', () => {
    const account = newAccount();
    const { clientCertificateId } = generated(account);
    const patchOperations = [{ op: 'replace', path: '/description', value: 'of beta' }];
    expect(account.rest('UpdateClientCertificate', { clientCertificateId, patchOperations }).description).toBe(
      'of beta',
    );
    account.rest('DeleteClientCertificate', { clientCertificateId });
    expect(account.refusal('GetClientCertificate', { clientCertificateId })?.code).toBe('NotFoundException');
  });

  it('are presented by a stage, which protects them', () => {
    const account = newAccount();
    const { clientCertificateId } = generated(account);
    const restApiId = account.api();
    account.deploy(restApiId, { stageName: 'dev' });
    const set = (value: string) => ({
      restApiId,
      stageName: 'dev',
      patchOperations: [{ op: 'replace', path: '/clientCertificateId', value }],
    });
    expect(account.refusal('UpdateStage', set('nothing'))).toEqual(
      bad('Invalid client certificate identifier specified: nothing'),
    );
    account.rest('UpdateStage', set(clientCertificateId));
    expect(account.rest('GetStage', { restApiId, stageName: 'dev' })).toMatchObject({ clientCertificateId });
    expect(account.refusal('DeleteClientCertificate', { clientCertificateId })?.code).toBe('BadRequestException');
    account.rest('UpdateStage', set(''));
    expect(account.rest('GetStage', { restApiId, stageName: 'dev' })).not.toHaveProperty('clientCertificateId');
    account.rest('DeleteClientCertificate', { clientCertificateId });
  });
});
