import { defined } from '@postern/core/internal/adapter';
import type { SourceCertificate, SourceDomain, SourceGroup, SourceInstance } from '../../source/source.js';
import { flagOf, numberOf, isWord } from '../../../../client/plain.js';
import { lockOf, type GroupOutput } from '../../../groups/api.js';
import type { DomainOutput } from '../../../groups/custom-domains.js';
import type { InstanceOutput } from '../../../instances/instance.js';

/** Members that the service has and its package on npm does not yet: version 4.8.0 of the SDK. */
type NewerDomain = DomainOutput & {
  readonly SslOcspEnable?: unknown;
  readonly SslOcspCacheEnable?: unknown;
  readonly SslVerifyDepth?: unknown;
  readonly ClientCertSDnPassThrough?: unknown;
};

/** The stages that the service has by itself. */
const STAGES = ['RELEASE', 'PRE', 'TEST'];

/** A group as a hand-over sees it. */
export function sourceGroup(group: GroupOutput): SourceGroup {
  const { CustomDomains, StageItems, TrafficLimit } = group;
  const stages = (StageItems?.StageInfo ?? []).flatMap(({ StageName }) => StageName ?? []);
  const lock = lockOf(group);
  return {
    id: group.GroupId ?? '',
    name: group.GroupName ?? '',
    ...defined({ modifiedAt: group.ModifiedTime || undefined }),
    basePath: group.BasePath || '/',
    ...defined({ subDomain: group.SubDomain || undefined }),
    subDomainDisabled: flagOf(group.DisableInnerDomain),
    vpcDomains: [group.VpcDomain, group.VpcSlbIntranetDomain].flatMap((name) => name || []),
    ...defined({ defaultDomain: group.DefaultDomain || undefined, httpsPolicy: group.HttpsPolicy || undefined }),
    ...defined({ trafficLimit: numberOf(TrafficLimit) }),
    passthroughHeaders: listOf(group.PassthroughHeaders),
    customAppCode: (group.CustomAppCodeConfig ?? '') !== '',
    marketplace: flagOf(group.CloudMarketCommodity),
    ...defined({ lock }),
    domains: (CustomDomains?.DomainItem ?? []).map(sourceDomain),
    stages: stages.length > 0 ? stages : STAGES,
  };
}

function sourceDomain(one: NewerDomain): SourceDomain {
  const { DomainBindingStatus: binding = '', DomainLegalStatus: legal = '', DomainCNAMEStatus: cname } = one;
  const problem = [binding, legal].find((state) => /^(?:bound|abnormal)$/i.test(state));
  const certificate = certificateOf(one);
  return {
    name: one.DomainName ?? '',
    ...defined({ stage: one.BindStageName || undefined, certificate }),
    redirectsHttp: flagOf(one.IsHttpRedirectToHttps),
    ocsp: flagOf(one.SslOcspEnable) || flagOf(one.SslOcspCacheEnable),
    mutualTls: (numberOf(one.SslVerifyDepth) ?? 0) > 0,
    passesClientName: flagOf(one.ClientCertSDnPassThrough),
    wildcardPatterns: listOf(one.WildcardDomainPatterns),
    webSocket: /^open/i.test(one.DomainWebSocketStatus ?? ''),
    ...(cname === undefined ? {} : { byCname: /^resolved$/i.test(cname) }),
    ...defined({ problem }),
  };
}

/** Certificates of Certificate Management Service have numbers as IDs [I]; those that were uploaded have IDs of this service. */
function certificateOf({
  CertificateId,
  CertificateName,
  CertificateValidEnd,
}: DomainOutput): SourceCertificate | undefined {
  if (!CertificateId && !CertificateName) return undefined;

  const id = CertificateId ?? '';
  const end = new Date(Number(CertificateValidEnd ?? Number.NaN));
  return {
    id,
    name: CertificateName || id,
    from: /^\d+(?:-[a-z-]+)?$/.test(id) ? 'managed' : id === '' ? 'uploaded' : 'unknown',
    ...(Number.isNaN(end.getTime()) ? {} : { validUntil: end.toISOString() }),
  };
}

/** A text that is a list by commas, or of JSON. */
function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .replace(/^\[|\]$/g, '')
    .split(/[,;]/)
    .map((part) => part.trim().replace(/^"|"$/g, ''))
    .filter((part) => part !== '');
}

/** An instance as a hand-over sees it. */
export function sourceInstance(instance: InstanceOutput): SourceInstance {
  const { InstanceType = '', DedicatedInstanceType = '', InstanceClusterId = '', AclId = '' } = instance;
  const zones = instance.NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? [];
  const blocks = zones.flatMap(({ CidrBlock }) => CidrBlock || []);
  const prepaid = /^pre/i.test(instance.InstanceChargeType ?? '');
  return {
    id: instance.InstanceId ?? '',
    kind:
      InstanceClusterId !== ''
        ? 'cluster'
        : /vpc_connect/i.test(InstanceType) || /vpc_connect/i.test(DedicatedInstanceType)
          ? 'vpc-integration'
          : /shared/i.test(InstanceType)
            ? 'shared'
            : 'dedicated',
    ...defined({ spec: instance.InstanceSpec || undefined, vpcId: instance.ConnectVpcId || undefined }),
    vSwitchIds: zones.flatMap(({ VswitchId }) => VswitchId || []),
    vpcEgress: blocks.length > 0 ? blocks : listOf(instance.NewVpcEgressAddress || instance.VpcEgressAddress),
    publicEgress: listOf(instance.InternetEgressAddress),
    ...(prepaid && instance.ExpiredTime ? { paidUntil: instance.ExpiredTime } : {}),
    ...defined({ limit: numberOf(instance.InstanceRpsLimit) }),
    ...(AclId !== '' && isWord(instance.AclStatus, 'on')
      ? { accessControl: { id: AclId, type: instance.AclType ?? '' } }
      : {}),
  };
}
