import fc from 'fast-check';
import type { AnyAlibabaOperation, Parameter } from '../../src/alibaba/operation/operation.js';
import { namedTexts } from '../named-texts.js';

/** Optional parameters per call, at most: with more, some pair of them is always refused. */
const MOST_OPTIONAL = 3;

/** Names of existing resources, by the name of the parameter that accepts them. */
const KINDS: readonly (readonly [parameter: RegExp, text: RegExp])[] = [
  [/^(gatewayId|belongGatewayId)$/, /^gw-/],
  [/^serviceId$/, /^svc-/],
  [/^(httpApiId|parentResourceId)$/, /^api-/],
  [/^routeIds?$/, /^hr-/],
  [/^(resourceId|attachResourceIds?)$/, /^(hr|gw|api|svc)-/],
  [/^operationIds?$/, /^op-/],
  [/^(domainIds?|customDomainIds)$/, /^d-/],
  [/^policyId$/, /^p-/],
  [/^policyAttachmentId$/, /^pr-/],
  [/^consumerId$/, /^cs-/],
  [/^consumerAuthorizationRuleIds?$/, /^car-/],
  [/^securityGroupRuleId$/, /^gsgr-/],
  [/^environmentId$/, /^env-/],
  [/^(vpcId|VpcId)$/, /^vpc-/],
  [/^vSwitchId$/, /^vsw-/],
  [/^RecordId$/, /^\d{18}$/],
  [/^SubDomain$/, /^orders\.example\.com$/],
  [/^NatGatewayId$/, /^ngw-/],
  [/^SnatTableId$/, /^stb-/],
  [/^SnatEntryId$/, /^snat-/],
  [/^AllocationId$/, /^eip-/],
  [/^className$/, /^(Timeout|Cors)$/],
  [/^config$/, /^\{"enable/],
  [/^Data$/, /^\{"swagger/],
  [/^attachResourceType$/, /^GatewayRoute$/],
  [/^resourceType$/, /^(HttpApiRoute|gateway)$/],
  [/^VpcId|UserVpcId/, /^vpc-/],
  [/VSwitchId|VswitchId/i, /^vsw-/],
  [/SecurityGroupId|GroupId$/, /^(sg-|[0-9a-f]{32}$)/],
  [/RouteTableId/, /^vtb-/],
  [/RouteEntryId/, /^rte-/],
  [/NetworkAclId/, /^nacl-/],
  [/NetworkInterfaceId/, /^eni-/],
  [/PrefixListId/, /^pl-/],
  [/LoadBalancerId/, /^lb-/],
  [/AclId/, /^acl-/],
  [/InstanceId|ServerId|NextHopId/, /^(i-|lb-|apigateway-|api-shared|172\.)/],
  [
    /^(Api|Plugin|Backend|BackendModel|StageModel|Stage|VpcAccess|Authorization|Operation)(Id|Uid)s?$/,
    /^[0-9a-f]{32}$/,
  ],
  [/StageName/, /^(RELEASE|PRE|TEST)$/],
  [/ResourceId/, /^(vpc|vsw|vtb|nacl|sg|i|apigateway)-|^[0-9a-f]{32}$/],
  [/Cidr|IpBlock|SourceIp|DestIp/, /^[\d.]+\/\d+$/],
  [/ZoneId/, /^cn-hangzhou-[ijk]$/],
  [/Address|Ip$/, /^172\.\d+\.\d+\.\d+$/],
  [/Protocol/i, /^(tcp|udp|all|icmp|http|https|TCP|UDP|ALL)$/],
  [/Port(Range)?$/, /^(\d+\/\d+|-1\/-1)$/],
  [/Policy$/, /^(accept|drop|Accept|Drop)$/],
  [
    /Type$/,
    /^(VPC|VSwitch|Instance|instance|normal|vpc_connect|enterprise|apiGroup|plugin|vpcAccess|HTTP|VPC|ingress)$/i,
  ],
  [/^AppIds?$/, /^1\d{9}$/],
  [/^App(Key|Code)$/, /^app-(key|code)$/],
  [/^AclEntrys$/, /^\[\{"entry"/],
  [/^(Start|End)Time$/, /^2026-.*Z$/],
  [/DomainName$/, /\.example\.com$/],
  [/Name$/, /^(orders|carts|RELEASE)$/],
];

type Texts = (parameter: string) => fc.Arbitrary<string>;

/** Texts for parameters, by name. */
export function arbTexts(texts: readonly string[]): Texts {
  return namedTexts(KINDS, texts);
}

/** Inputs that an action's parameters allow, with names of existing resources: most of them succeed. */
export function arbMeaningfulInput(
  { parameters }: AnyAlibabaOperation,
  texts: Texts,
): fc.Arbitrary<Record<string, unknown>> {
  return members(parameters, texts);
}

function members(parameters: Readonly<Record<string, Parameter>>, texts: Texts): fc.Arbitrary<Record<string, unknown>> {
  const given = Object.entries(parameters).filter(([name]) => name !== 'DryRun');
  const required = given.filter(([, parameter]) => parameter.required);
  const optional = given.filter(([, parameter]) => !parameter.required);
  return fc
    .subarray(optional, { maxLength: Math.min(MOST_OPTIONAL, optional.length) })
    .chain((some) =>
      fc.record(
        Object.fromEntries([...required, ...some].map(([name, parameter]) => [name, value(name, parameter, texts)])),
        { noNullPrototype: true },
      ),
    );
}

function value(name: string, parameter: Parameter, texts: Texts): fc.Arbitrary<unknown> {
  const { type, items, values, pattern, length, range } = parameter;
  switch (type) {
    case 'integer': {
      if (name === 'AppId') return texts(name).map((text) => Number.parseInt(text, 10) || 0);
      const [min, max] = range ?? [0, 1000];
      return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, Math.min(max, 80)));
    }
    case 'boolean':
      return fc.boolean();
    case 'json':
      return fc.oneof(
        fc.record({ CidrBlock: texts('CidrBlock'), Customized: fc.boolean() }, { noNullPrototype: true }),
        fc.array(texts(name), { maxLength: 3 }),
        fc.jsonValue({ depthSize: 'small' }),
      );
    case 'list': {
      const [minLength, most] = length ?? [1, 3];
      return fc.array(value(name, items ?? { type: 'string' }, texts), { minLength, maxLength: Math.min(most, 3) });
    }
    case 'structure':
      return members(parameter.members ?? {}, texts);
    default: {
      if (values) return fc.constantFrom(...values);
      const [least, most] = length ?? [0, 200];
      const fits = (text: string) =>
        (pattern?.test(text) ?? true) &&
        text.length >= Math.max(least, parameter.required ? 1 : 0) &&
        text.length <= most;
      // few texts may match the pattern; a text generated from it always does
      const made = pattern ? fc.stringMatching(pattern) : fc.string({ minLength: Math.max(least, 1), maxLength: most });
      return fc.tuple(texts(name), made).map(([text, other]) => (fits(text) ? text : other));
    }
  }
}
