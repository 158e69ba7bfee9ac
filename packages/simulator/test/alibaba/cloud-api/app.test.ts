import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
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
  return { ...account, account, GroupId: GroupId as string, api, app };
}

it('applications: have a key, a secret and a code, which are changed', async () => {
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

answers('applications', prepared)`
  are made, changed, listed and deleted
    first = app [first, {Description: one, Tag: [{Key: team, Value: orders}]}]
    advance ${MINUTE}
    second = app [second, {Extend: x}]
    DescribeApp {AppId: $first}
      -> {AppId: $first, AppName: first, Description: one, Disabled: false, CreatedTime: 2026-06-01T00:00:00Z}
    DescribeAppAttributes -> {Apps.AppAttribute.AppName: [second, first]}
    DescribeAppAttributes {Sort: asc} -> {Apps.AppAttribute.AppName: [first, second]}
    advance ${MINUTE}
    ModifyApp {AppId: $first, AppName: changed, Disabled: true}
    DescribeAppAttributes -> {Apps.AppAttribute.AppName: [changed, second]}
    DescribeAppAttributes {AppName: chan} -> {Apps.AppAttribute.AppName: [changed]}
    DescribeAppAttributes {Extend: x} -> {Apps.AppAttribute.AppName: [second]}
    DescribeAppAttributes {AppKey: none} -> {Apps.AppAttribute: []}
    DescribeAppAttributes {AppCode: none} -> {Apps.AppAttribute: []}
    DescribeAppAttributes {Tag: [{Key: team}]} -> {Apps.AppAttribute.AppName: [changed]}
    TagResources {ResourceType: app, ResourceId: [$(second)], Tag: [{Key: a, Value: b}]}
    DescribeApps {AppId: $second} -> {TotalCount: 1}
    DescribeApps {AppOwner: 1} -> {TotalCount: 0}
    DescribeApps !400 MissingAppIdOrAppOwner: AppId or AppOwner must have a valid value.
    DeleteApp {AppId: $second}
    DescribeApp {AppId: $second} !NotFoundApp
    ListTagResources {ResourceType: app} -> {TagResources.TagResource.length: 1}
`;

it.each([
  ['an unknown application', { AppIds: '999' }, 'NotFoundApp'],
  ['no numbers', { AppIds: 'a,b' }, 'InvalidAppIds'],
  ['too many', { AppIds: Array.from({ length: 101 }, (_, at) => at).join(',') }, 'ExceedLimitAppIds'],
  ['an unknown API', { ApiId: 'none' }, 'NotFoundApi'],
  ['an unknown stage', { StageName: 'CANARY' }, 'NotFoundStage'],
  ['an end that is no time', { AuthValidTime: 'tomorrow' }, 'InvalidAuthValidTime'],
])('authorizations: are refused: %s', (_, changes, code) => {
  const { account, api, app } = prepared();
  const input = { ApiId: api('orders'), StageName: 'RELEASE', AppIds: String(app('first')), ...changes };
  expect(account.refusal('SetAppsAuthorities', input)?.code).toBe(code);
  expect(account.state.authorizations.size).toBe(0);
});

answers('authorizations', prepared)`
  are of an API, a stage and an application, and are given again with another end
    one = app first
    two = app second
    orders = api orders
    carts = api carts
    SetAppsAuthorities {GroupId: $GroupId, StageName: RELEASE, ApiId: $orders, AppIds: '$one,$two', Description: all}
    SetApisAuthorities {StageName: TEST, AppId: $one, ApiIds: '$orders,$carts',
      AuthValidTime: 'Fri,05Oct202716:00:00GMT'}
    DescribeAuthorizedApps {GroupId: $GroupId, ApiId: $orders, StageName: RELEASE}
      -> {TotalCount: 2, AuthorizedApps: {AuthorizedApp: [{AppId: $one, AppName: first, StageAlias: Online,
      Description: all, AuthorizationSource: API}, {AppId: $two, Operator: PROVIDER,
      AuthorizedTime: 2026-06-01T00:00:00Z}]}}
    DescribeAuthorizedApis {AppId: $one}
      -> {TotalCount: 3, AuthorizedApis: {AuthorizedApi: [{ApiId: $orders, StageName: RELEASE, GroupId: $GroupId,
      RegionId: ${REGION}}, {ApiId: $orders, StageName: TEST, AuthVaildTime: 2027-10-05T16:00:00Z}, {ApiId: $carts,
      ApiName: getcarts}]}}
    RemoveApisAuthorities {StageName: TEST, AppId: $one, ApiIds: $orders}
    RemoveAppsAuthorities {GroupId: $GroupId, StageName: RELEASE, ApiId: $orders, AppIds: '$one,999'}
    DeleteApi {ApiId: $carts}
    DescribeAuthorizedApis {AppId: $one} -> {TotalCount: 0}
    DeleteApp {AppId: $two}
    state -> {authorizations.size: 0}
`;
