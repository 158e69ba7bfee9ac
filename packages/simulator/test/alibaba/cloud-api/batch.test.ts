import { describe, expect, it } from 'vitest';
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
  return { account, GroupId: GroupId as string, api, online };
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

describe('SwitchApi', () => {
  it('puts an earlier publication back online, and refuses one of another stage', async () => {
    const { account, GroupId, api } = prepared();
    const ApiId = api('orders');
    const deploy = (StageName: string) => account.call('DeployApi', { GroupId, ApiId, StageName, Description: 'next' });
    const history = () => account.call('DescribeHistoryApis', { GroupId, ApiId }).ApiHisItems.ApiHisItem;
    deploy('RELEASE');
    await account.advance(MINUTE);
    deploy('RELEASE');
    await account.advance(MINUTE);
    deploy('TEST');
    const [test, second, first] = history().map((row: { HistoryVersion: string }) => row.HistoryVersion);
    const input = { GroupId, ApiId, StageName: 'RELEASE', Description: 'back' };
    account.call('SwitchApi', { ...input, HistoryVersion: first });
    expect(history().map((row: { Status: string }) => row.Status)).toEqual(['ONLINE', 'OFFLINE', 'ONLINE']);
    account.call('SwitchApi', { ...input, HistoryVersion: second });
    expect(history().map((row: { Status: string }) => row.Status)).toEqual(['ONLINE', 'ONLINE', 'OFFLINE']);
    const refused = account.refusal('SwitchApi', { ...input, HistoryVersion: test });
    expect(refused).toMatchObject({ code: 'NotFoundHistoryVersion', status: 400 });
    expect(account.refusal('SwitchApi', { ...input, StageName: 'CANARY', HistoryVersion: first })?.code).toBe(
      'NotFoundStage',
    );
  });
});
