import fc from 'fast-check';
import type { Member, Shape, StructureShape } from '../../src/aws/protocols/shapes.js';
import type { AnyOperation } from '../../src/aws/operation/operation.js';
import { namedTexts } from '../named-texts.js';

/** Optional members that one structure is given at most: with more, some pair of them is always refused. */
const MOST_OPTIONAL = 3;
const DEEPEST = 5;

/** Names of existing resources, by the name of the member that accepts them. */
const KINDS: readonly (readonly [member: RegExp, text: RegExp])[] = [
  [/SubnetId|SubnetMapping|^Subnets?$/, /^subnet-[0-9a-f]/],
  [/SecurityGroupRuleId/, /^sgr-/],
  [/(^|Security|Source)Group(Id|s|$)|SecurityGroups/, /^sg-/],
  [/VpcLinkId|ConnectionId/i, /^[a-z0-9]{6}$/],
  [/VpcId|^Vpc$|PeerVpc/, /^vpc-[0-9a-f]{17}$/],
  [/NetworkInterfaceId/, /^eni-[0-9a-f]{17}$/],
  [/RouteTableId/, /^rtb-[0-9a-f]/],
  [/NetworkAclId/, /^acl-[0-9a-f]/],
  [/AssociationId/, /assoc/],
  [/PrefixListId/, /^pl-/],
  [/DhcpOptionsId/, /^dopt-/],
  [/EgressOnlyInternetGatewayId/, /^eigw-/],
  [/InternetGatewayId|GatewayId/, /^igw-/],
  [/ReservationId/, /^scr-/],
  [/^Resources$|ResourceId/, /^(vpc|subnet|sg|eni|rtb|acl|igw|pl)-/],
  [/ListenerArn/, /:listener\//],
  [/LoadBalancerArn/, /:loadbalancer\//],
  [/TargetGroupArn/, /:targetgroup\//],
  [/RuleArn/, /:listener-rule\//],
  [/CertificateArn/, /:certificate\//],
  [/ResourceARN|ResourceArn/, /^arn:aws:(servicediscovery|elasticloadbalancing|apigateway|acm)/],
  [/RoleArn/, /:role\//],
  [/NamespaceId|^Id$/, /^ns-/],
  [/ServiceId|^Id$/, /^srv-/],
  [/InstanceId/, /^i-\d$/],
  [/ApiId/, /^[a-z0-9]{10}$/],
  [/^(resourceId|parentId)$/, /^[a-z0-9]{6}$|^[a-z0-9]{10}$/],
  [/^(integrationH|h)ttpMethod$/, /^GET$/],
  [/DeploymentId/i, /^[a-z0-9]{6}$/],
  [/IntegrationId|RouteId/, /^[a-z0-9]{7}$/],
  [/Target$/, /^integrations\//],
  [/StageName/i, /^[abc]$/],
  [/RouteKey/, /^(GET|ANY) /],
  [/Cidr|Block/, /^[\d.]+\/\d+$|^[0-9a-f:]+\/\d+$/],
  [/AvailabilityZone$/, /^eu-west-1[abc]$/],
  [/PrivateIpAddress|Ip$/, /^10\.20\.\d+\.\d+$/],
  [/Protocol/, /^(tcp|udp|-1|6|HTTP|HTTPS|TCP|TLS)$/],
  [/Type$/, /^(ip|instance|application|network|HTTP|HTTP_PROXY|VPC_LINK|INTERNET|vpc|subnet)$/],
];

/** Texts for members, by name; created once, since the lists of names are long. */
export function arbTexts(texts: readonly string[]): (member: string) => fc.Arbitrary<string> {
  return namedTexts(KINDS, texts);
}

/** Inputs that an operation's schema and limits allow, with names of existing resources: most of them succeed. */
export function arbMeaningfulInput(
  operation: AnyOperation,
  input: StructureShape,
  text: (member: string) => fc.Arbitrary<string>,
) {
  const structure = (shape: StructureShape, path: string, depth: number): fc.Arbitrary<Record<string, unknown>> => {
    // A union has one member, however deep it is.
    const isKept = (member: Member) => shape.union || depth < DEEPEST || member.required;
    const members = shape.members.filter((member) => member.name !== 'DryRun' && isKept(member));
    const of = (member: Member) =>
      value(member.shape, member.name, path === '' ? member.name : `${path}.${member.name}`, depth + 1);
    const isRequired = (member: Member) =>
      member.required || operation.limits?.[path === '' ? member.name : `${path}.${member.name}`]?.required === true;
    const [required, optional] = [members.filter(isRequired), members.filter((member) => !isRequired(member))];
    const chosen = shape.union
      ? fc.constantFrom(...members).map((member) => [member])
      : fc
          .subarray(optional, { maxLength: Math.min(MOST_OPTIONAL, optional.length) })
          .map((some) => [...required, ...some]);
    return chosen.chain((some) => fc.record(Object.fromEntries(some.map((member) => [member.name, of(member)]))));
  };

  const value = (shape: Shape, name: string, path: string, depth: number): fc.Arbitrary<unknown> => {
    const { values, range } = operation.limits?.[path] ?? {};
    switch (shape.kind) {
      case 'structure':
        return structure(shape, path, depth);
      case 'list':
        return fc.array(value(shape.item.shape, name, `${path}[]`, depth + 1), { minLength: 1, maxLength: 3 });
      case 'map':
        return fc.dictionary(text(name), value(shape.value.shape, '', `${path}{}`, depth + 1), {
          maxKeys: 2,
          noNullPrototype: true,
        });
      case 'string':
        return values ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, text(name)) : text(name);
      case 'number':
        return range
          ? fc.integer({ min: Math.ceil(range[0]), max: Math.floor(Math.min(range[1], 2 ** 31)) })
          : fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constantFrom(80, 443, 8080, -1), fc.integer());
      case 'boolean':
        return fc.boolean();
      case 'timestamp':
        return fc.constant(new Date('2026-06-01T00:00:00Z'));
      case 'blob':
        return fc.uint8Array({ maxLength: 8 });
      default:
        return fc.jsonValue();
    }
  };
  return structure(input, '', 0);
}
