import { expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, REGION } from './account.js';
import { requestConfig } from '../request-config.js';

const API = {
  ApiName: 'list_orders',
  Visibility: 'PRIVATE',
  AuthType: 'ANONYMOUS',
  RequestConfig: requestConfig('/orders'),
  ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', Mock: 'TRUE', MockResult: 'ok' }),
};

function published() {
  const account = newAccount();
  const { GroupId } = account.call('CreateApiGroup', { GroupName: 'shop' });
  const apis = ['list_orders', 'list_carts'].map((ApiName, at) => {
    const RequestConfig = API.RequestConfig.replace('/orders', `/orders${at}`);
    const { ApiId } = account.call('CreateApi', { ...API, GroupId, ApiName, RequestConfig });
    account.call('DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'd' });
    return ApiId as string;
  });
  return { ...account, account, GroupId: GroupId as string, apis };
}

const KINDS = [
  ['TrafficControl', { TrafficControlName: 'limits', TrafficControlUnit: 'SECOND', ApiDefault: 2 }],
  ['IpControl', { IpControlName: 'office', IpControlType: 'REFUSE', IpControlPolicys: [{ CidrIp: '10.0.0.0/8' }] }],
  ['Signature', { SignatureName: 'backend', SignatureKey: 'backendkey', SignatureSecret: 'secret_of_it' }],
] as const;

it.each(KINDS)(
  'a %s is bound to APIs on a stage, one of a kind to each, and is deleted once it is bound to none',
  (kind, given) => {
    const { account, GroupId, apis } = published();
    const id = `${kind}Id`;
    const create = (name: string): string => account.call(`Create${kind}`, { ...given, [`${kind}Name`]: name })[id];
    const [first, second] = [create('first'), create('second')];
    const bound = (more: object = {}): string[] => {
      const answer = account.call(`DescribeApi${kind}s`, { GroupId, StageName: 'RELEASE', ...more });
      const rows = answer[`Api${kind}s`][`Api${kind}Item`] as Readonly<Record<string, string>>[];
      expect(answer.TotalCount).toBe(rows.length);
      return rows.map((row) => `${row['ApiName']} ${row[`${kind}Name`]}`).toSorted();
    };
    const on = { GroupId, StageName: 'RELEASE' };
    account.call(`Set${kind}Apis`, { ...on, [id]: first, ApiIds: apis.join(',') });
    expect(bound()).toEqual(['list_carts first', 'list_orders first']);
    account.call(`Set${kind}Apis`, { ...on, [id]: second, ApiIds: apis[0] });
    expect(bound()).toEqual(['list_carts first', 'list_orders second']);
    expect(bound({ ApiIds: apis[0] })).toEqual(['list_orders second']);
    expect(bound({ StageName: 'TEST' })).toEqual([]);
    expect(account.refusal(`Delete${kind}`, { [id]: first })?.code).toBe(`DependencyViolation${kind}`);
    account.call(`Remove${kind}Apis`, { ...on, [id]: first, ApiIds: apis[1] });
    account.call(`Delete${kind}`, { [id]: first });
    expect(bound()).toEqual(['list_orders second']);
    expect(account.refusal(`Set${kind}Apis`, { ...on, [id]: first, ApiIds: apis[0] })?.code).toBe(`NotFound${kind}`);
    expect(account.refusal(`Create${kind}`, { ...given, [`${kind}Name`]: 'second' })?.code).toBe(
      `Duplicate${kind}Name`,
    );
  },
);

answers('', newAccount)`
  refuses wrong input
    CreateTrafficControl {TrafficControlName: none, TrafficControlUnit: SECOND, ApiDefault: 0} !InvalidApiDefault
    CreateIpControl {IpControlName: none, IpControlType: ALLOW, IpControlPolicys: [{CidrIp: x}]} !InvalidCidrIp
    CreateIpControl {IpControlName: none, IpControlType: REFUSE, IpControlPolicys: [{CidrIp: 10.0.0.1, AppId: '7'}]}
      !InvalidAppId
    DescribeApiSignatures {GroupId: none, StageName: RELEASE} !NotFoundApiGroup
    DeleteLogConfig {LogType: PROVIDER} !NotFoundLogConfig
  knows where calls of the region are logged
    DescribeLogConfig {LogType: PROVIDER} == {LogInfos: {LogInfo: []}}
    CreateLogConfig {SlsProject: logs, SlsLogStore: calls}
    DescribeLogConfig
      -> {LogInfos: {LogInfo: [{LogType: PROVIDER, RegionId: ${REGION}, SlsProject: logs, SlsLogStore: calls}]}}
`;
