import { describe, expect, it } from 'vitest';
import { httpService, MINUTE, newAccount, REGION } from './account.js';

function prepared() {
  const account = newAccount();
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders' });
  const api = (path: string): string =>
    account.call('CreateApi', {
      GroupId,
      ApiName: `get${path}`,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: `/${path}` }),
      ServiceConfig: httpService('http://10.0.0.1'),
    }).ApiId;
  const app = (AppName: string, more = {}): number => account.call('CreateApp', { AppName, ...more }).AppId;
  return { account, GroupId: GroupId as string, api, app };
}

describe('applications', () => {
  it('are made, changed, listed and deleted', async () => {
    const { account, app } = prepared();
    const first = app('first', { Description: 'one', Tag: [{ Key: 'team', Value: 'orders' }] });
    await account.advance(MINUTE);
    const second = app('second', { Extend: 'x' });
    expect(account.call('DescribeApp', { AppId: first })).toMatchObject({
      AppId: first,
      AppName: 'first',
      Description: 'one',
      Disabled: false,
      CreatedTime: '2026-06-01T00:00:00Z',
    });
    const names = (input = {}): string[] =>
      account.call('DescribeAppAttributes', input).Apps.AppAttribute.map((row: { AppName: string }) => row.AppName);
    expect([names(), names({ Sort: 'asc' })]).toEqual([
      ['second', 'first'],
      ['first', 'second'],
    ]);
    await account.advance(MINUTE);
    account.call('ModifyApp', { AppId: first, AppName: 'changed', Disabled: true });
    expect([names(), names({ AppName: 'chan' }), names({ Extend: 'x' })]).toEqual([
      ['changed', 'second'],
      ['changed'],
      ['second'],
    ]);
    expect(names({ Tag: [{ Key: 'team' }] })).toEqual(['changed']);
    account.call('TagResources', {
      ResourceType: 'app',
      ResourceId: [String(second)],
      Tag: [{ Key: 'a', Value: 'b' }],
    });
    expect(account.call('DescribeApps', { AppId: second })).toMatchObject({ TotalCount: 1 });
    expect(account.call('DescribeApps', { AppOwner: 1 })).toMatchObject({ TotalCount: 0 });
    expect(account.refusal('DescribeApps', {})).toEqual({
      code: 'MissingAppIdOrAppOwner',
      message: 'AppId or AppOwner must have a valid value.',
      status: 400,
    });
    account.call('DeleteApp', { AppId: second });
    expect(account.refusal('DescribeApp', { AppId: second })?.code).toBe('NotFoundApp');
    expect(account.call('ListTagResources', { ResourceType: 'app' }).TagResources.TagResource).toHaveLength(1);
  });

  it('have a key, a secret and a code, which are changed', async () => {
    const { account, app } = prepared();
    const AppId = app('orders');
    const secrets = () => account.call('DescribeAppSecurity', { AppId });
    const { AppKey, AppSecret, AppCode } = secrets();
    expect(AppKey).toMatch(/^\d{9}$/);
    expect([AppSecret, AppCode]).toEqual([expect.stringMatching(/^\w{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
    await account.advance(MINUTE);
    account.call('ResetAppSecret', { AppKey });
    account.call('ResetAppCode', { AppCode });
    expect(secrets()).toMatchObject({
      AppKey,
      CreatedTime: '2026-06-01T00:00:00Z',
      ModifiedTime: '2026-06-01T00:01:00Z',
    });
    expect(secrets().AppSecret).not.toBe(AppSecret);
    expect(account.refusal('ResetAppCode', { AppCode })?.code).toBe('NotFoundAppCode');
    account.call('ResetAppSecret', { AppKey, NewAppKey: 'own-key', NewAppSecret: 'own-secret' });
    expect(secrets()).toMatchObject({ AppKey: 'own-key', AppSecret: 'own-secret' });
    expect(account.refusal('ResetAppSecret', { AppKey })?.code).toBe('NotFoundAppKey');
    expect(account.refusal('CreateApp', { AppName: 'other', AppKey: 'own-key' })?.code).toBe('DuplicateAppKey');
    expect(account.refusal('CreateApp', { AppName: 'x' })?.code).toBe('InvalidAppName');
  });
});

describe('authorizations', () => {
  it('are of an API, a stage and an application, and are given again with another end', async () => {
    const { account, GroupId, api, app } = prepared();
    const [one, two] = [app('first'), app('second')];
    const [orders, carts] = [api('orders'), api('carts')];
    const stage = { GroupId, StageName: 'RELEASE' };
    account.call('SetAppsAuthorities', { ...stage, ApiId: orders, AppIds: `${one},${two}`, Description: 'all' });
    account.call('SetApisAuthorities', {
      StageName: 'TEST',
      AppId: one,
      ApiIds: `${orders},${carts}`,
      AuthValidTime: 'Fri,05Oct202716:00:00GMT',
    });
    expect(account.call('DescribeAuthorizedApps', { GroupId, ApiId: orders, StageName: 'RELEASE' })).toMatchObject({
      TotalCount: 2,
      AuthorizedApps: {
        AuthorizedApp: [
          { AppId: one, AppName: 'first', StageAlias: 'Online', Description: 'all', AuthorizationSource: 'API' },
          { AppId: two, Operator: 'PROVIDER', AuthorizedTime: '2026-06-01T00:00:00Z' },
        ],
      },
    });
    expect(account.call('DescribeAuthorizedApis', { AppId: one })).toMatchObject({
      TotalCount: 3,
      AuthorizedApis: {
        AuthorizedApi: [
          { ApiId: orders, StageName: 'RELEASE', GroupId, RegionId: REGION },
          { ApiId: orders, StageName: 'TEST', AuthVaildTime: '2027-10-05T16:00:00Z' },
          { ApiId: carts, ApiName: 'getcarts' },
        ],
      },
    });
    account.call('RemoveApisAuthorities', { StageName: 'TEST', AppId: one, ApiIds: orders });
    account.call('RemoveAppsAuthorities', { ...stage, ApiId: orders, AppIds: `${one},999` });
    account.call('DeleteApi', { ApiId: carts });
    expect(account.call('DescribeAuthorizedApis', { AppId: one })).toMatchObject({ TotalCount: 0 });
    account.call('DeleteApp', { AppId: two });
    expect(account.state.authorizations.size).toBe(0);
  });

  it.each([
    ['an unknown application', { AppIds: '999' }, 'NotFoundApp'],
    ['no numbers', { AppIds: 'a,b' }, 'InvalidAppIds'],
    ['too many', { AppIds: Array.from({ length: 101 }, (_, at) => at).join(',') }, 'ExceedLimitAppIds'],
    ['an unknown API', { ApiId: 'none' }, 'NotFoundApi'],
    ['an unknown stage', { StageName: 'CANARY' }, 'NotFoundStage'],
    ['an end that is no time', { AuthValidTime: 'tomorrow' }, 'InvalidAuthValidTime'],
  ])('are refused: %s', (_, changes, code) => {
    const { account, api, app } = prepared();
    const input = { ApiId: api('orders'), StageName: 'RELEASE', AppIds: String(app('first')), ...changes };
    expect(account.refusal('SetAppsAuthorities', input)?.code).toBe(code);
    expect(account.state.authorizations.size).toBe(0);
  });
});
