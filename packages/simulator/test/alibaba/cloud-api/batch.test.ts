import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { httpService, MINUTE, newAccount, newNetwork } from './account.js';

function prepared() {
  const account = newAccount();
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'orders' });
  const api = (path: string, service = httpService('http://10.0.0.1')): string =>
    account.call('CreateApi', {
      GroupId,
      ApiName: `get${path}`,
      Visibility: 'PRIVATE',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: `/${path}` }),
      ServiceConfig: service,
    }).ApiId;
  const online = (ApiId: string): string[] =>
    account
      .call('DescribeDeployedApis', { GroupId, ApiId })
      .DeployedApis.DeployedApiItem.map((row: { StageName: string }) => row.StageName);
  return { ...account, account, GroupId: GroupId as string, api, online };
}

describe('batches', () => {
  it('publish several APIs, and say of each what became of it', async () => {
    const { account, GroupId, api, online } = prepared();
    const access = { VpcId: newNetwork(account).VpcId, InstanceId: '172.16.0.10', Port: 80 };
    account.call('SetVpcAccess', { ...access, Name: 'gone' });
    const service = JSON.stringify({ ServiceProtocol: 'HTTP', ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'gone' } });
    const [orders, broken] = [api('orders'), api('broken', service)];
    account.call('RemoveVpcAccess', access);
    const Api = [orders, broken].map((ApiUid) => ({ ApiUid, GroupId }));
    const { OperationId } = account.call('BatchDeployApis', { StageName: 'TEST', Description: 'all', Api });
    const results = () =>
      account.call('DescribeDeployApiTask', { OperationUid: OperationId }).DeployedResults.DeployedResult;
    expect(results()).toMatchObject([{ ApiUid: orders, DeployedStatus: 'RUNNING' }, { ApiUid: broken }]);
    expect(online(orders)).toEqual([]);
    await account.advance(MINUTE);
    expect(results()).toMatchObject([
      { ApiUid: orders, GroupId, StageName: 'TEST', DeployedStatus: 'OVER', ErrorMsg: 'Success. Request Success.' },
      { ApiUid: broken, DeployedStatus: 'FAILED', ErrorMsg: expect.stringContaining('NotFoundVpc') as string },
    ]);
    expect([online(orders), online(broken)]).toEqual([['TEST'], []]);

    const gone = account.call('BatchAbolishApis', { Api: [{ ApiUid: orders, GroupId, StageName: 'TEST' }] });
    await account.advance(MINUTE);
    expect(account.call('DescribeAbolishApiTask', { OperationUid: gone.OperationId })).toMatchObject({
      ApiAbolishResults: { ApiAbolishResult: [{ ApiUid: orders, StageName: 'TEST', AbolishStatus: 'OVER' }] },
    });
    expect(online(orders)).toEqual([]);
  });

  it.each([
    ['an unknown API', 'BatchDeployApis', { ApiUid: 'none' }, 'NotFoundApi'],
    ['an unknown stage', 'BatchDeployApis', {}, 'NotFoundStage', 'CANARY'],
    ['an API that is not published', 'BatchAbolishApis', { StageName: 'RELEASE' }, 'NotFoundStage'],
    ['no stage', 'BatchAbolishApis', {}, 'NotFoundStage'],
  ])('are refused as a whole: %s', (_, action, changes, code, stage = 'RELEASE') => {
    const { account, GroupId, api } = prepared();
    const Api = [{ ApiUid: api('orders'), GroupId, ...changes }];
    const input = action === 'BatchDeployApis' ? { Api, StageName: stage, Description: 'all' } : { Api };
    expect(account.refusal(action, input)?.code).toBe(code);
    expect(account.state.tasks.size).toBe(0);
  });
});

answers('SwitchApi', prepared)`
  puts an earlier publication back online, and refuses one of another stage
    ApiId = api orders
    DeployApi {GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE, Description: next}
    advance ${MINUTE}
    DeployApi {GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE, Description: next}
    advance ${MINUTE}
    DeployApi {GroupId: $GroupId, ApiId: $ApiId, StageName: TEST, Description: next}
    history = DescribeHistoryApis {GroupId: $GroupId, ApiId: $ApiId}
    SwitchApi {GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE, Description: back,
      HistoryVersion: $history.ApiHisItems.ApiHisItem.2.HistoryVersion}
    DescribeHistoryApis {GroupId: $GroupId, ApiId: $ApiId} -> {ApiHisItems.ApiHisItem.Status: [ONLINE, OFFLINE, ONLINE]}
    SwitchApi {GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE, Description: back,
      HistoryVersion: $history.ApiHisItems.ApiHisItem.1.HistoryVersion}
    DescribeHistoryApis {GroupId: $GroupId, ApiId: $ApiId} -> {ApiHisItems.ApiHisItem.Status: [ONLINE, ONLINE, OFFLINE]}
    SwitchApi {GroupId: $GroupId, ApiId: $ApiId, StageName: RELEASE, Description: back,
      HistoryVersion: $history.ApiHisItems.ApiHisItem.0.HistoryVersion} !400 NotFoundHistoryVersion
    SwitchApi {GroupId: $GroupId, ApiId: $ApiId, Description: back, StageName: CANARY,
      HistoryVersion: $history.ApiHisItems.ApiHisItem.2.HistoryVersion} !NotFoundStage
`;
