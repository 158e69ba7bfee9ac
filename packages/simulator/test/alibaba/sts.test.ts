import { expect, it } from 'vitest';
import { simulate, type AlibabaCallTarget } from '../../src/internal/simulation.js';

const ACCOUNT = '1111222233334444';
const ASSUME: AlibabaCallTarget = { product: 'Sts', action: 'AssumeRole', region: 'cn-hangzhou' };
const INPUT = { RoleArn: `acs:ram::${ACCOUNT}:role/postern`, RoleSessionName: 'ada' };

it('a session of a role is its own identity, and expires', async () => {
  const simulation = simulate({ clock: 'auto' });
  const { Credentials, AssumedRoleUser } = simulation.callAlibaba(ASSUME, { ...INPUT, DurationSeconds: 900 }) as {
    readonly Credentials: Readonly<Record<string, string>>;
    readonly AssumedRoleUser: object;
  };
  const arn = `acs:ram::${ACCOUNT}:assumed-role/postern/ada`;
  expect(AssumedRoleUser).toMatchObject({ Arn: arn, AssumedRoleId: expect.stringMatching(/^\d{17}:ada$/) as string });
  expect(Credentials).toMatchObject({
    AccessKeyId: expect.stringMatching(/^STS\./) as string,
    Expiration: '2026-06-01T00:15:00Z',
  });
  const { url, close } = await simulation.listen();
  const who = async (): Promise<object> => {
    const query = new URLSearchParams({
      Action: 'GetCallerIdentity',
      Version: '2015-04-01',
      AccessKeyId: Credentials['AccessKeyId'] ?? '',
      SignatureMethod: 'HMAC-SHA1',
      Signature: 'unchecked',
      SignatureNonce: '1',
    });
    return (await fetch(`${url}/?${query.toString()}`)).json() as Promise<object>;
  };
  expect(await who()).toMatchObject({
    IdentityType: 'AssumedRoleUser',
    Arn: arn,
    RoleId: expect.stringMatching(/^\d{17}$/) as string,
  });
  await simulation.advance(900_000);
  expect(await who()).toMatchObject({ Code: 'InvalidSecurityToken.Expired' });
  await close();
});

it.each([
  ['a role of another account', { RoleArn: 'acs:ram::9999222233334444:role/postern' }, 'NoPermission'],
  ['what is no ARN of a role', { RoleArn: 'acs:ram::1111222233334444:user/postern' }, 'InvalidParameter.RoleArn'],
  ['a name with a space', { RoleSessionName: 'a da' }, 'InvalidParameter.RoleSessionName'],
  ['a session of a minute', { DurationSeconds: 60 }, 'InvalidParameter.DurationSeconds'],
  ['no name', { RoleSessionName: undefined }, 'MissingParameter'],
])('AssumeRole refuses %s', (_what, input, code) => {
  expect(() => simulate().callAlibaba(ASSUME, { ...INPUT, ...input })).toThrow(expect.objectContaining({ code }));
});
