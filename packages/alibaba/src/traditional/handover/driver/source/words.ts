import type { SourceWord } from '../../source/source.js';
import type { GroupOutput } from '../../../groups/api.js';
import type { InstanceOutput } from '../../../instances/instance.js';
import type { DeploymentParts } from './source-api.js';

/**
 * The documented words of attributes that decide what becomes of something. A reading takes another word for the usual one, so that
 * it is noted here. Of `DomainWebSocketStatus` no page lists the words.
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/api-cloudapi-2016-07-14-describedeployedapi
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-describeapi
 * @see https://www.alibabacloud.com/help/en/api-gateway/developer-reference/domain-name-information
 * @see https://help.aliyun.com/document_detail/400360.html (CreateIpControl)
 * @see https://help.aliyun.com/document_detail/394344.htm (DescribeApiGroup: InstanceType)
 */
const DOCUMENTED = {
  AuthType: ['APP', 'ANONYMOUS', 'APPOPENID', 'OPENID'],
  AppCodeAuthType: ['DEFAULT', 'DISABLE', 'HEADER', 'HEADER_QUERY'],
  RequestMode: ['MAPPING', 'PASSTHROUGH', 'MAPPING_PASSTHROUGH'],
  RequestProtocol: ['HTTP', 'HTTPS', 'WS', 'WSS', 'WEBSOCKET'],
  Location: ['PATH', 'QUERY', 'HEAD', 'HEADER', 'BODY', 'FORM', 'FORMDATA'],
  Required: ['REQUIRED', 'OPTIONAL'],
  VpcScheme: ['HTTP', 'HTTPS'],
  ServiceProtocol: ['HTTP', 'HTTPS', 'VPC', 'MOCK', 'OSS', 'EVENTBRIDGE', 'FUNCTIONCOMPUTE'],
  BackendType: [
    'HTTP',
    'VPC',
    'FC_EVENT',
    'FC_HTTP',
    'FC_EVENT_V3',
    'FC_HTTP_V3',
    'OSS',
    'MOCK',
    'EVENTBRIDGE',
    'DISCOVERY',
  ],
  IpControlType: ['ALLOW', 'REFUSE'],
  SpecialType: ['APP', 'USER'],
  DomainBindingStatus: ['BINDING', 'BOUND'],
  DomainLegalStatus: ['NORMAL', 'ABNORMAL'],
  DomainCNAMEStatus: ['RESOLVED', 'UNRESOLVED'],
  // `vpc_connect` and `normal` are the words of CreateInstance.
  InstanceType: ['VPC_SHARED', 'VPC_DEDICATED', 'CLASSIC_SHARED', 'VPC_CONNECT', 'NORMAL'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Attribute = keyof typeof DOCUMENTED;

type Of = Pick<SourceWord, 'kind' | 'id' | 'name' | 'stage'>;

/** The words of some attributes that are not documented, each once. An attribute that is missing or empty has none. */
export function undocumented(
  of: Of,
  given: readonly (readonly [attribute: Attribute, text: string | undefined])[],
): readonly SourceWord[] {
  const found = given.flatMap(([attribute, text = '']) => {
    const listed: readonly string[] = DOCUMENTED[attribute];
    return text === '' || listed.includes(text.toUpperCase()) ? [] : [{ ...of, attribute, value: text }];
  });
  return [...new Map(found.map((one) => [`${one.attribute} ${one.value}`, one])).values()];
}

/** Those of what is published of an API. */
export function wordsOfDeployment(
  { id, name }: Pick<Of, 'id' | 'name'>,
  { stage, deployed, full }: DeploymentParts,
): readonly SourceWord[] {
  const { RequestConfig: request, ServiceConfig: service } = deployed;
  const parameters = deployed.RequestParameters?.RequestParameter ?? [];
  const places = [
    ...parameters,
    ...(deployed.ServiceParameters?.ServiceParameter ?? []),
    ...(deployed.ConstantParameters?.ConstantParameter ?? []),
    ...(deployed.SystemParameters?.SystemParameter ?? []),
    ...(deployed.CustomSystemParameters?.CustomSystemParameter ?? []),
  ];
  const protocols = (request?.RequestProtocol ?? '').split(/[,;]/).map((text) => text.trim());
  return undocumented({ kind: 'api', id, name, stage }, [
    ['AuthType', deployed.AuthType],
    ['AppCodeAuthType', full?.AppCodeAuthType],
    ['RequestMode', request?.RequestMode],
    ...protocols.map((text) => ['RequestProtocol', text] as const),
    ...places.map(({ Location }) => ['Location', Location] as const),
    ...parameters.map(({ Required }) => ['Required', Required] as const),
    ['VpcScheme', full?.ServiceConfig?.VpcConfig?.VpcScheme],
    ['ServiceProtocol', full?.ServiceConfig?.ServiceProtocol ?? service?.ServiceProtocol],
  ]);
}

export function wordsOfDomains({ CustomDomains }: GroupOutput): readonly SourceWord[] {
  return (CustomDomains?.DomainItem ?? []).flatMap((one) => {
    const name = one.DomainName ?? '';
    return undocumented({ kind: 'domain', id: name, name }, [
      ['DomainBindingStatus', one.DomainBindingStatus],
      ['DomainLegalStatus', one.DomainLegalStatus],
      ['DomainCNAMEStatus', one.DomainCNAMEStatus],
    ]);
  });
}

export function wordsOfInstance({ InstanceId = '', InstanceType }: InstanceOutput): readonly SourceWord[] {
  return undocumented({ kind: 'instance', id: InstanceId, name: InstanceId }, [['InstanceType', InstanceType]]);
}
